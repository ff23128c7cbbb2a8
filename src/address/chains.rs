//! The table of chains: one row each, with what its addresses begin with.
//!
//! To add a chain of a family that is here, add a row; a new family also needs
//! a decoder beside this file. A row's `code` is written into sets: never
//! change or reuse one.

use super::chain::{Chain, Family, Prefixes};
use super::own::{Codec, Spelling};
use super::parted::parted_at_last;
use std::sync::OnceLock;

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
    /// The chain that it is about; there is always one.
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
    evm(145, "Monad MON eip155:143"),
    evm(146, "Plasma XPL eip155:9745"),
    evm(147, "Story IP eip155:1514"),
    evm(148, "Ink INK eip155:57073"),
    evm(149, "Theta THETA eip155:361"),
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
    own(247, "NEM XEM slip44:43", &[spelling(Codec::Nem, "")]),
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
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn each_row_names_a_chain() {
        assert_eq!(Chain::all().len(), ROWS.len());
    }
}
