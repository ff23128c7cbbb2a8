//! The table of chains: one row each, with what its addresses begin with.
//!
//! To add a chain of a family that is here, add a row; a new family also needs
//! a decoder beside this file. A row's `code` is written into sets: never
//! change or reuse one.

use super::Form;
use super::own::{Codec, Spelling};
use super::parted::parted_at_last;
use super::read::TRON_VERSION;
use crate::identity::IdentityKind;
use std::sync::OnceLock;

/// A network, by its CAIP-2 id where one exists and its ticker for people.
#[derive(Debug)]
pub struct Chain {
    /// The chain's number in the set format; stable for ever.
    pub code: u16,
    /// The name that people know.
    pub name: &'static str,
    /// The ticker of its own coin.
    pub ticker: &'static str,
    /// Its [CAIP-2](https://chainagnostic.org/CAIPs/caip-2) id or, where none is registered, `slip44:`
    /// and its coin's number in SLIP-44.
    pub caip2: &'static str,
    /// Whether its coins are worth nothing on purpose.
    pub testnet: bool,
    pub(crate) family: Family,
    /// Spellings beside the family's that only this chain has.
    pub(crate) own: &'static [Spelling],
}

/// How a chain writes its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Base58Check, segwit (BIP 173, BIP 350) and CashAddr, each where the chain has it.
    Bitcoin(Prefixes),
    /// 20 bytes as hexadecimal (EIP-55) or ICAP.
    Evm,
    /// 20 bytes behind `0x41`, in Base58Check or hexadecimal.
    Tron,
    /// None of these: only the spellings in `own`.
    Own,
}

/// What the addresses of a Bitcoin-like chain begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prefixes {
    /// Base58Check version byte of P2PKH.
    pub p2pkh: u8,
    /// Base58Check version byte of P2SH that the chain's software writes today.
    pub p2sh: u8,
    /// An older P2SH version byte that is still understood.
    pub p2sh_old: Option<u8>,
    /// Human-readable part of segwit addresses.
    pub hrp: Option<&'static str>,
    /// CashAddr prefix.
    pub cashaddr: Option<&'static str>,
}

impl PartialEq for Chain {
    /// A chain is its row in the table, and its number says which.
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Chain {}

/// A row of the table. Name, ticker and id are one text, with a space before each of the last two: as three they take
/// 330 bytes more of the core as it is sent.
struct Row {
    code: u16,
    names: &'static str,
    testnet: bool,
    family: Family,
    own: &'static [Spelling],
}

impl Row {
    fn chain(&self) -> Option<Chain> {
        let (names, caip2) = parted_at_last(self.names, b' ')?;
        let (name, ticker) = parted_at_last(names, b' ')?;
        let Self { code, testnet, family, own, .. } = *self;
        Some(Chain { code, name, ticker, caip2, testnet, family, own })
    }
}

const fn bitcoin_like(code: u16, names: &'static str, prefixes: Prefixes) -> Row {
    Row { code, names, testnet: false, family: Family::Bitcoin(prefixes), own: &[] }
}

/// With spellings beside the family's.
const fn also(row: Row, own: &'static [Spelling]) -> Row {
    Row { own, ..row }
}

const fn evm(code: u16, names: &'static str) -> Row {
    evm_also(code, names, &[])
}

const fn evm_also(code: u16, names: &'static str, own: &'static [Spelling]) -> Row {
    Row { code, names, testnet: false, family: Family::Evm, own }
}

const fn own(code: u16, names: &'static str, own: &'static [Spelling]) -> Row {
    Row { code, names, testnet: false, family: Family::Own, own }
}

/// A network whose coins are worth nothing on purpose.
const fn test(row: Row) -> Row {
    Row { testnet: true, ..row }
}

const fn spelling(codec: Codec, mark: &'static str) -> Spelling {
    Spelling { codec, mark }
}

/// Every chain known, most used first within a family: readings come back in this order.
///
/// CAIP-2 ids: the bip122 and eip155 namespaces of ChainAgnostic, EVM numbers
/// from ethereum-lists/chains. Version bytes and prefixes: each chain's own
/// `chainparams.cpp`; SLIP-173 for the human-readable parts.
static ROWS: &[Row] = &[
    also(
        bitcoin_like(
            1,
            "Bitcoin BTC bip122:000000000019d6689c085ae165831e93",
            Prefixes { p2pkh: 0x00, p2sh: 0x05, p2sh_old: None, hrp: Some("bc"), cashaddr: None },
        ),
        &[spelling(Codec::Lightning, "bc"), spelling(Codec::SilentPayment, "sp")],
    ),
    bitcoin_like(
        2,
        "Bitcoin Cash BCH bip122:000000000000000000651ef99cb9fcbe",
        Prefixes { p2pkh: 0x00, p2sh: 0x05, p2sh_old: None, hrp: None, cashaddr: Some("bitcoincash") },
    ),
    bitcoin_like(
        3,
        "Litecoin LTC bip122:12a765e31ffd4059bada1e25190f6e98",
        Prefixes { p2pkh: 0x30, p2sh: 0x32, p2sh_old: Some(0x05), hrp: Some("ltc"), cashaddr: None },
    ),
    // Testnet 3, testnet 4 and signet write their addresses alike: one row stands for all.
    also(
        test(bitcoin_like(
            4,
            "Bitcoin testnet tBTC bip122:000000000933ea01ad0ee984209779ba",
            Prefixes { p2pkh: 0x6f, p2sh: 0xc4, p2sh_old: None, hrp: Some("tb"), cashaddr: None },
        )),
        &[spelling(Codec::Lightning, "tb"), spelling(Codec::SilentPayment, "tsp")],
    ),
    test(bitcoin_like(
        5,
        "Bitcoin regtest rBTC bip122:0f9188f13cb7b2c71f2a335e3a4fc328",
        Prefixes { p2pkh: 0x6f, p2sh: 0xc4, p2sh_old: None, hrp: Some("bcrt"), cashaddr: None },
    )),
    test(bitcoin_like(
        6,
        "Bitcoin Cash testnet tBCH bip122:000000001dd410c49a788668ce26751b",
        Prefixes { p2pkh: 0x6f, p2sh: 0xc4, p2sh_old: None, hrp: None, cashaddr: Some("bchtest") },
    )),
    test(bitcoin_like(
        7,
        "Litecoin testnet tLTC bip122:4966625a4b2851d9fdee139e56211a0d",
        Prefixes { p2pkh: 0x6f, p2sh: 0x3a, p2sh_old: Some(0xc4), hrp: Some("tltc"), cashaddr: None },
    )),
    Row { code: 8, names: "TRON TRX tron:0x2b6653dc", testnet: false, family: Family::Tron, own: &[] },
    bitcoin_like(
        9,
        "Dogecoin DOGE bip122:1a91e3dace36e2be3bf030a65679fe82",
        Prefixes { p2pkh: 0x1e, p2sh: 0x16, p2sh_old: None, hrp: None, cashaddr: None },
    ),
    bitcoin_like(
        10,
        "Dash DASH bip122:00000ffd590b1485b3caadc19b22e637",
        Prefixes { p2pkh: 0x4c, p2sh: 0x10, p2sh_old: None, hrp: None, cashaddr: None },
    ),
    bitcoin_like(
        11,
        "Bitcoin SV BSV slip44:236",
        Prefixes { p2pkh: 0x00, p2sh: 0x05, p2sh_old: None, hrp: None, cashaddr: None },
    ),
    bitcoin_like(
        12,
        "Bitcoin Gold BTG slip44:156",
        Prefixes { p2pkh: 0x26, p2sh: 0x17, p2sh_old: None, hrp: Some("btg"), cashaddr: None },
    ),
    bitcoin_like(
        13,
        "eCash XEC slip44:1899",
        Prefixes { p2pkh: 0x00, p2sh: 0x05, p2sh_old: None, hrp: None, cashaddr: Some("ecash") },
    ),
    bitcoin_like(
        14,
        "Verge XVG slip44:77",
        Prefixes { p2pkh: 0x1e, p2sh: 0x21, p2sh_old: None, hrp: None, cashaddr: None },
    ),
    bitcoin_like(
        15,
        "DigiByte DGB slip44:20",
        Prefixes { p2pkh: 0x1e, p2sh: 0x3f, p2sh_old: None, hrp: Some("dgb"), cashaddr: None },
    ),
    bitcoin_like(
        16,
        "Ravencoin RVN slip44:175",
        Prefixes { p2pkh: 0x3c, p2sh: 0x7a, p2sh_old: None, hrp: None, cashaddr: None },
    ),
    bitcoin_like(
        17,
        "Qtum QTUM slip44:2301",
        Prefixes { p2pkh: 0x3a, p2sh: 0x32, p2sh_old: None, hrp: Some("qc"), cashaddr: None },
    ),
    bitcoin_like(
        18,
        "Firo FIRO slip44:136",
        Prefixes { p2pkh: 0x52, p2sh: 0x07, p2sh_old: None, hrp: None, cashaddr: None },
    ),
    bitcoin_like(
        19,
        "Namecoin NMC slip44:7",
        Prefixes { p2pkh: 0x34, p2sh: 0x0d, p2sh_old: None, hrp: Some("nc"), cashaddr: None },
    ),
    bitcoin_like(
        20,
        "Vertcoin VTC slip44:28",
        Prefixes { p2pkh: 0x47, p2sh: 0x05, p2sh_old: None, hrp: Some("vtc"), cashaddr: None },
    ),
    bitcoin_like(
        21,
        "MonaCoin MONA slip44:22",
        Prefixes { p2pkh: 0x32, p2sh: 0x37, p2sh_old: None, hrp: Some("mona"), cashaddr: None },
    ),
    bitcoin_like(
        22,
        "Peercoin PPC slip44:6",
        Prefixes { p2pkh: 0x37, p2sh: 0x75, p2sh_old: None, hrp: Some("pc"), cashaddr: None },
    ),
    bitcoin_like(
        23,
        "Komodo KMD slip44:141",
        Prefixes { p2pkh: 0x3c, p2sh: 0x55, p2sh_old: None, hrp: None, cashaddr: None },
    ),
    bitcoin_like(
        24,
        "PIVX PIVX slip44:119",
        Prefixes { p2pkh: 0x1e, p2sh: 0x0d, p2sh_old: None, hrp: None, cashaddr: None },
    ),
    bitcoin_like(
        25,
        "Syscoin SYS slip44:57",
        Prefixes { p2pkh: 0x3f, p2sh: 0x05, p2sh_old: None, hrp: Some("sys"), cashaddr: None },
    ),
    bitcoin_like(
        26,
        "Viacoin VIA slip44:14",
        Prefixes { p2pkh: 0x47, p2sh: 0x21, p2sh_old: None, hrp: Some("via"), cashaddr: None },
    ),
    also(
        bitcoin_like(
            27,
            "Liquid LBTC bip122:1466275836220db2944ca059a3a10ef6",
            Prefixes { p2pkh: 0x39, p2sh: 0x27, p2sh_old: None, hrp: Some("ex"), cashaddr: None },
        ),
        &[spelling(Codec::Liquid, "")],
    ),
    evm(100, "Ethereum ETH eip155:1"),
    evm(101, "BNB Smart Chain BNB eip155:56"),
    evm(102, "Polygon POL eip155:137"),
    evm(103, "Arbitrum One ARB eip155:42161"),
    evm(104, "OP Mainnet OP eip155:10"),
    evm(105, "Base BASE eip155:8453"),
    evm(106, "Avalanche C-Chain AVAX eip155:43114"),
    evm(107, "Ethereum Classic ETC eip155:61"),
    evm(108, "Gnosis GNO eip155:100"),
    evm(109, "Fantom FTM eip155:250"),
    evm(110, "Linea LINEA eip155:59144"),
    evm(111, "zkSync Era ZKSYNC eip155:324"),
    evm(112, "Scroll SCROLL eip155:534352"),
    evm(113, "Mantle MNT eip155:5000"),
    evm(114, "Blast BLAST eip155:81457"),
    evm(115, "Celo CELO eip155:42220"),
    evm(116, "Cronos CRO eip155:25"),
    evm(117, "Sonic S eip155:146"),
    evm_also(118, "Ronin RON eip155:2020", &[spelling(Codec::PrefixedEvm, "ronin:")]),
    evm_also(119, "Harmony ONE eip155:1666600000", &[spelling(Codec::CosmosKeccak, "one")]),
    evm(120, "Moonbeam GLMR eip155:1284"),
    evm(121, "Moonriver MOVR eip155:1285"),
    evm(122, "Kaia KAIA eip155:8217"),
    evm(123, "Berachain BERA eip155:80094"),
    evm(124, "Unichain UNI eip155:130"),
    evm(125, "World Chain WLD eip155:480"),
    evm(126, "opBNB OPBNB eip155:204"),
    evm(127, "Polygon zkEVM ZKEVM eip155:1101"),
    evm(128, "Metis METIS eip155:1088"),
    evm(129, "Flare FLR eip155:14"),
    evm(130, "Rootstock RSK eip155:30"),
    evm(131, "Core CORE eip155:1116"),
    evm(132, "Taiko TAIKO eip155:167000"),
    evm(133, "HyperEVM HYPE eip155:999"),
    evm(134, "PulseChain PLS eip155:369"),
    evm(135, "Abstract ABS eip155:2741"),
    evm(136, "Aurora AURORA eip155:1313161554"),
    evm(137, "VeChain VET slip44:818"),
    evm_also(140, "XDC Network XDC eip155:50", &[spelling(Codec::PrefixedEvm, "xdc")]),
    evm_also(141, "IoTeX IOTX eip155:4689", &[spelling(Codec::CosmosKeccak, "io")]),
    evm_also(142, "Evmos EVMOS eip155:9001", &[spelling(Codec::CosmosKeccak, "evmos")]),
    evm_also(143, "Dymension DYM eip155:1100", &[spelling(Codec::CosmosKeccak, "dym")]),
    evm_also(144, "Zilliqa ZIL eip155:32769", &[spelling(Codec::CosmosKeccak, "zil")]),
    own(200, "Solana SOL solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", &[spelling(Codec::Solana, "")]),
    own(201, "XRP Ledger XRP xrpl:0", &[spelling(Codec::Ripple, "")]),
    own(202, "Monero XMR slip44:128", &[spelling(Codec::CryptoNote, "18 19 42")]),
    own(
        203,
        "Zcash ZEC bip122:00040fe8ec8471911baa1db1266ea15d",
        &[
            spelling(Codec::Base58Check, "1cb8 1cbd"),
            spelling(Codec::Bech32Fixed, "zs"),
            spelling(Codec::Unified, "0"),
            spelling(Codec::Unified, "1"),
            spelling(Codec::Unified, "2"),
            spelling(Codec::Unified, "3"),
            spelling(Codec::Tex, "tex"),
        ],
    ),
    own(204, "Cardano ADA cip34:1-764824073", &[spelling(Codec::Cardano, "addr")]),
    own(205, "Stellar XLM stellar:pubnet", &[spelling(Codec::Stellar, "")]),
    own(206, "Algorand ALGO algorand:wGHE2Pwdvd7S12BL5FaOP20EGYesN73k", &[spelling(Codec::Algorand, "")]),
    own(207, "Tezos XTZ tezos:NetXdQprcVkpaWU", &[spelling(Codec::Tezos, "")]),
    own(208, "TON TON tvm:-239", &[spelling(Codec::Ton, "")]),
    own(209, "NEAR NEAR near:mainnet", &[spelling(Codec::Implicit, ""), spelling(Codec::Name, "near")]),
    own(210, "Filecoin FIL fil:f", &[spelling(Codec::Filecoin, "f")]),
    own(211, "Hedera HBAR hedera:mainnet", &[spelling(Codec::Name, "hedera")]),
    own(212, "Aptos APT aptos:1", &[spelling(Codec::Hex32, "aptos")]),
    own(213, "Sui SUI sui:mainnet", &[spelling(Codec::Hex32, "sui")]),
    own(214, "Starknet STRK starknet:SN_MAIN", &[spelling(Codec::Hex32, "starknet")]),
    own(215, "Avalanche X-Chain AVAX-X slip44:9000", &[spelling(Codec::Avalanche, "X")]),
    own(216, "Avalanche P-Chain AVAX-P avax:P", &[spelling(Codec::Avalanche, "P")]),
    own(217, "Kaspa KAS slip44:111111", &[spelling(Codec::Kaspa, "kaspa")]),
    own(218, "Nano XNO slip44:165", &[spelling(Codec::Nano, "nano_")]),
    own(219, "Stacks STX stacks:1", &[spelling(Codec::Stacks, "PM")]),
    own(
        220,
        "Internet Computer ICP slip44:223",
        &[spelling(Codec::IcpAccount, ""), spelling(Codec::IcpPrincipal, "")],
    ),
    own(221, "Mina MINA slip44:12586", &[spelling(Codec::Mina, "")]),
    own(222, "Horizen ZEN slip44:121", &[spelling(Codec::Base58Check, "2089 2096")]),
    own(223, "Decred DCR slip44:42", &[spelling(Codec::Decred, "")]),
    own(224, "Flow FLOW flow:mainnet", &[spelling(Codec::Flow, "")]),
    own(225, "EOS EOS antelope:aca376f206b8fc25a6ed44dbdc66547c", &[spelling(Codec::Name, "antelope")]),
    own(226, "WAX WAXP antelope:1064487b3cd1a897ce03ae5b6a865651", &[spelling(Codec::Name, "antelope")]),
    test(own(227, "Monero stagenet sXMR xmr:stagenet", &[spelling(Codec::CryptoNote, "24 25 36")])),
    test(own(228, "Monero testnet tXMR xmr:testnet", &[spelling(Codec::CryptoNote, "53 54 63")])),
    test(own(229, "TON testnet tTON tvm:-3", &[spelling(Codec::Ton, "test")])),
    own(230, "Polkadot DOT polkadot:91b171bb158e2d3848fa23a9f1c25182", &[spelling(Codec::Ss58, "0")]),
    own(231, "Kusama KSM polkadot:b0a8d493285c2df73290dfb7e61f870f", &[spelling(Codec::Ss58, "2")]),
    own(232, "Astar ASTR polkadot:9eb76c5184c4ab8679d2d5d819fdf90b", &[spelling(Codec::Ss58, "5")]),
    own(233, "Acala ACA polkadot:fc41b9bd8ef8fe53d58c7ea67c794c7e", &[spelling(Codec::Ss58, "10")]),
    own(234, "Hydration HDX polkadot:afdc188f45c71dacbaa0b62e16a91f72", &[spelling(Codec::Ss58, "63")]),
    own(235, "Bittensor TAO polkadot:2f0555cc76fc2840a25a6ea3b9637146", &[spelling(Codec::Ss58, "42")]),
    own(236, "MultiversX EGLD mvx:1", &[spelling(Codec::Bech32Key, "erd")]),
    own(237, "NEO NEO slip44:888", &[spelling(Codec::Base58Check, "- 35")]),
    own(238, "Ontology ONT slip44:1024", &[spelling(Codec::Base58Check, "- 17")]),
    own(239, "Conflux CFX conflux:cfx", &[spelling(Codec::Conflux, "cfx")]),
    own(240, "Chia XCH slip44:8444", &[spelling(Codec::Bech32Fixed, "xch")]),
    own(241, "Ergo ERG slip44:429", &[spelling(Codec::Ergo, "")]),
    own(242, "Oasis ROSE slip44:474", &[spelling(Codec::Bech32Fixed, "oasis")]),
    own(243, "Radix XRD slip44:1022", &[spelling(Codec::Bech32Fixed, "account_rdx")]),
    own(244, "Nervos CKB slip44:309", &[spelling(Codec::Nervos, "ckb")]),
    own(245, "Waves WAVES slip44:5741564", &[spelling(Codec::Waves, "")]),
    own(246, "Sia SC slip44:1991", &[spelling(Codec::Sia, "")]),
    own(250, "Cosmos Hub ATOM cosmos:cosmoshub-4", &[spelling(Codec::CosmosHash, "cosmos")]),
    own(251, "Osmosis OSMO cosmos:osmosis-1", &[spelling(Codec::CosmosHash, "osmo")]),
    own(252, "Juno JUNO cosmos:juno-1", &[spelling(Codec::CosmosHash, "juno")]),
    own(253, "Akash AKT cosmos:akashnet-2", &[spelling(Codec::CosmosHash, "akash")]),
    own(254, "Kava KAVA cosmos:kava_2222-10", &[spelling(Codec::CosmosHash, "kava")]),
    own(255, "Secret Network SCRT cosmos:secret-4", &[spelling(Codec::CosmosHash, "secret")]),
    own(256, "Terra LUNA cosmos:phoenix-1", &[spelling(Codec::CosmosHash, "terra")]),
    own(257, "Celestia TIA cosmos:celestia", &[spelling(Codec::CosmosHash, "celestia")]),
    own(258, "Axelar AXL cosmos:axelar-dojo-1", &[spelling(Codec::CosmosHash, "axelar")]),
    own(259, "Stargaze STARS cosmos:stargaze-1", &[spelling(Codec::CosmosHash, "stars")]),
    own(260, "Sei SEI cosmos:pacific-1", &[spelling(Codec::CosmosHash, "sei")]),
    own(261, "dYdX Chain DYDX cosmos:dydx-mainnet-1", &[spelling(Codec::CosmosHash, "dydx")]),
    own(262, "Neutron NTRN cosmos:neutron-1", &[spelling(Codec::CosmosHash, "neutron")]),
    own(263, "Stride STRD cosmos:stride-1", &[spelling(Codec::CosmosHash, "stride")]),
    own(264, "Persistence XPRT cosmos:core-1", &[spelling(Codec::CosmosHash, "persistence")]),
    own(265, "Regen REGEN cosmos:regen-1", &[spelling(Codec::CosmosHash, "regen")]),
    own(266, "THORChain RUNE cosmos:thorchain-1", &[spelling(Codec::CosmosHash, "thor")]),
    own(267, "MAYAChain CACAO cosmos:mayachain-mainnet-v1", &[spelling(Codec::CosmosHash, "maya")]),
    own(268, "Cronos POS CRO-POS cosmos:crypto-org-chain-mainnet-1", &[spelling(Codec::CosmosHash, "cro")]),
    own(269, "BNB Beacon Chain BEP2 cosmos:Binance-Chain-Tigris", &[spelling(Codec::CosmosHash, "bnb")]),
    own(270, "Noble NOBLE cosmos:noble-1", &[spelling(Codec::CosmosHash, "noble")]),
    own(271, "Agoric BLD cosmos:agoric-3", &[spelling(Codec::CosmosHash, "agoric")]),
    own(272, "Fetch.ai FET cosmos:fetchhub-4", &[spelling(Codec::CosmosHash, "fetch")]),
    own(273, "Band BAND cosmos:laozi-mainnet", &[spelling(Codec::CosmosHash, "band")]),
    own(274, "Mantra OM cosmos:mantra-1", &[spelling(Codec::CosmosHash, "mantra")]),
    own(275, "Babylon BABY cosmos:bbn-1", &[spelling(Codec::CosmosHash, "bbn")]),
    own(280, "Injective INJ cosmos:injective-1", &[spelling(Codec::CosmosKeccak, "inj")]),
];

impl Chain {
    /// Every chain that is known here, in the order in which readings come back.
    pub fn all() -> &'static [Self] {
        static ALL: OnceLock<Vec<Chain>> = OnceLock::new();
        ALL.get_or_init(|| ROWS.iter().filter_map(Row::chain).collect())
    }

    /// Every spelling that is a chain's own, in the order of the chains.
    pub(super) fn spellings() -> impl Iterator<Item = (&'static Self, Spelling)> {
        Self::all().iter().flat_map(|chain| chain.own.iter().map(move |spelling| (chain, *spelling)))
    }

    /// The chain of this number in the set format.
    pub fn from_code(code: u16) -> Option<&'static Self> {
        Self::all().iter().find(|chain| chain.code == code)
    }

    /// The chain of this CAIP-2 id, or of this ticker or name in any letter case. The other names that
    /// publishers use for some of them (OFAC's `XBT` and `BSC`, `MATIC`) are understood.
    ///
    /// ```
    /// use taintwatch::Chain;
    /// assert_eq!(Chain::named("TRX").unwrap().caip2, "tron:0x2b6653dc");
    /// assert_eq!(Chain::named("eip155:56").unwrap().name, "BNB Smart Chain");
    /// ```
    pub fn named(name: &str) -> Option<&'static Self> {
        const OTHER_NAMES: [(&str, &str); 5] =
            [("XBT", "BTC"), ("BSC", "BNB"), ("MATIC", "POL"), ("AVAXC", "AVAX"), ("L-BTC", "LBTC")];
        let other = OTHER_NAMES.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        let name = other.map_or(name, |(_, ticker)| ticker);
        let is = |own: &str| own.eq_ignore_ascii_case(name);
        Self::all().iter().find(|chain| chain.caip2 == name || is(chain.ticker) || is(chain.name))
    }

    /// Whether one address is the same place on both: the chain itself, or any two EVM chains,
    /// as an EVM address does not say which it is for.
    pub(crate) fn shares_addresses_with(&self, other: &Self) -> bool {
        self.code == other.code || (self.family == Family::Evm && other.family == Family::Evm)
    }

    pub(crate) fn prefixes(&self) -> Option<&Prefixes> {
        match &self.family {
            Family::Bitcoin(prefixes) => Some(prefixes),
            Family::Evm | Family::Tron | Family::Own => None,
        }
    }
}

/// The chains that are written like Bitcoin's, with what they begin with.
pub(super) fn bitcoin_like_chains() -> impl Iterator<Item = (&'static Chain, &'static Prefixes)> {
    Chain::all().iter().filter_map(|chain| Some((chain, chain.prefixes()?)))
}

/// One meaning of a version byte of Base58Check.
type Version = (&'static Chain, Form, IdentityKind);

/// What a version byte of Base58Check stands for, in the table's order.
pub(super) fn by_version(version: u8) -> &'static [Version] {
    static BY_VERSION: OnceLock<Vec<Vec<Version>>> = OnceLock::new();
    let table = BY_VERSION.get_or_init(|| {
        let mut table = vec![Vec::new(); 256];
        table[usize::from(TRON_VERSION)].push((tron(), Form::Tron, IdentityKind::Keccak160));
        for (chain, prefixes) in bitcoin_like_chains() {
            let forms = [
                (Some(prefixes.p2pkh), Form::P2pkh, IdentityKind::Hash160),
                (Some(prefixes.p2sh), Form::P2sh, IdentityKind::ScriptHash160),
                (prefixes.p2sh_old, Form::P2shOld, IdentityKind::ScriptHash160),
            ];
            for (version, form, kind) in forms {
                if let Some(version) = version {
                    table[usize::from(version)].push((chain, form, kind));
                }
            }
        }
        table
    });
    &table[usize::from(version)]
}

/// The chain whose segwit addresses begin so, in either letter case, behind which a `1` must stand.
pub(super) fn by_hrp(text: &str) -> Option<&'static Chain> {
    static HRPS: OnceLock<Vec<(&Chain, &str)>> = OnceLock::new();
    let hrps = HRPS.get_or_init(|| bitcoin_like_chains().filter_map(|(c, p)| Some((c, p.hrp?))).collect());
    let begins = |hrp: &str| {
        let head = text.as_bytes().get(..=hrp.len());
        head.is_some_and(|head| {
            head[hrp.len()] == b'1' && head[..hrp.len()].eq_ignore_ascii_case(hrp.as_bytes())
        })
    };
    hrps.iter().find(|(_, hrp)| begins(hrp)).map(|(chain, _)| *chain)
}

/// The chain that stands for all EVM chains where an address does not say which.
pub(super) fn ethereum() -> &'static Chain {
    static ROW: OnceLock<&Chain> = OnceLock::new();
    ROW.get_or_init(|| Chain::named("eip155:1").expect("Ethereum is in the table"))
}

/// TRON's row.
pub(super) fn tron() -> &'static Chain {
    static ROW: OnceLock<&Chain> = OnceLock::new();
    ROW.get_or_init(|| Chain::named("TRX").expect("TRON is in the table"))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_ids_and_tickers_are_unique() {
        let mut seen = HashSet::new();
        assert_eq!(Chain::all().len(), ROWS.len(), "each row names a chain");
        for chain in Chain::all() {
            assert!(seen.insert(chain.code.to_string()), "code of {}", chain.name);
            assert!(seen.insert(chain.caip2.to_owned()), "id of {}", chain.name);
            assert!(seen.insert(chain.ticker.to_owned()), "ticker of {}", chain.name);
            assert_eq!(Chain::named(chain.caip2), Some(chain));
            assert_eq!(Chain::named(&chain.ticker.to_lowercase()), Some(chain));
            assert_eq!(Chain::named(&chain.name.to_lowercase()), Some(chain));
            assert_eq!(Chain::from_code(chain.code), Some(chain));
        }
        assert_eq!(Chain::named("XBT"), Chain::named("BTC"));
        assert_eq!(Chain::named("no such chain"), None);
    }

    #[test]
    fn caip2_ids_have_the_form_of_the_standard() {
        for chain in Chain::all() {
            let (namespace, reference) = chain.caip2.split_once(':').expect(chain.name);
            assert!((3..=8).contains(&namespace.len()), "{}", chain.caip2);
            assert!((1..=32).contains(&reference.len()), "{}", chain.caip2);
        }
    }
}
