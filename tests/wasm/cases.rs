//! The module as JavaScript calls it. The same cases run in Node (`node.rs`) and in browsers (`browser.rs`).

use js_sys::{Array, Function, Reflect};
use taintwatch::bindings::JsString;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const LISTED: &str = "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG";

fn screener() -> taintwatch::bindings::JsScreener {
    let mut screener = taintwatch::bindings::JsScreener::new();
    let info = screener.add_set(taintwatch_data::BUILTIN.to_vec()).unwrap();
    assert_eq!(get(&info, "id"), "builtin");
    screener
}

fn js(text: &str) -> JsString {
    JsValue::from_str(text).unchecked_into()
}

fn scan(text: &str) -> Array {
    JsValue::from(taintwatch::bindings::scan(&js(text))).unchecked_into()
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap()
}

fn first(array: &JsValue) -> JsValue {
    array.unchecked_ref::<Array>().get(0)
}

#[wasm_bindgen_test]
fn a_listed_address_is_found_with_its_evidence() {
    let outcome = screener().screen(LISTED, None).unwrap();
    assert_eq!(get(&outcome, "level"), "danger");
    let matches: Array = get(&outcome, "matches").unchecked_into();
    assert_eq!(matches.length(), 3);
    let found = matches.get(0);
    assert_eq!(get(&found, "incident"), "2023-07-coinspaid");
    assert_eq!(get(&found, "how"), "exact");
    assert_eq!(get(&found, "same_key"), false);
    assert_eq!(get(&get(&found, "source"), "publisher"), "FBI");
    assert_eq!(get(&first(&get(&outcome, "actors")), "id"), "lazarus-group");
    assert_eq!(get(&first(&get(&outcome, "asked")), "id"), "builtin");
}

#[wasm_bindgen_test]
fn a_clean_address_and_a_broken_one_are_told_apart() {
    let clean = screener().screen("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", None).unwrap();
    assert_eq!(get(&clean, "level"), "none");
    let broken = screener().screen("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", None).unwrap();
    assert!(get(&broken, "level").is_null());
    assert_eq!(get(&get(&broken, "problem"), "code"), "typing");
    assert_eq!(get(&get(&broken, "problem"), "at"), 34);
    let none = taintwatch::bindings::JsScreener::new().screen(LISTED, None).unwrap();
    assert!(get(&none, "level").is_null());
    assert_eq!(get(&get(&none, "problem"), "code"), "no_set");
}

#[wasm_bindgen_test]
fn the_chain_that_is_asked_for_counts() {
    let clean = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
    for outcome in [
        screener().screen(clean, Some("ETH".to_owned())).unwrap(),
        get(
            &first(&screener().screen_text(&js(clean), Some("Ethereum address".to_owned())).unwrap()),
            "outcome",
        ),
    ] {
        assert_eq!(get(&outcome, "level"), "notice");
        assert_eq!(get(&get(&outcome, "problem"), "code"), "wrong_network");
    }
    let outcome =
        screener().screen(clean, Some("bip122:000000000019d6689c085ae165831e93".to_owned())).unwrap();
    assert_eq!(get(&outcome, "level"), "none");
    let error = screener().screen(clean, Some("no such chain".to_owned())).unwrap_err();
    assert_eq!(get(&error, "code"), "unknown_chain");
}

#[wasm_bindgen_test]
fn a_mistyped_listed_address_warns() {
    let outcome = screener().screen("3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiH", None).unwrap();
    assert_eq!(get(&outcome, "level"), "caution");
    assert_eq!(get(&first(&get(&outcome, "matches")), "how"), "correction");
    assert_eq!(get(&get(&outcome, "problem"), "at"), 34);
}

#[wasm_bindgen_test]
fn spans_are_indexes_into_the_javascript_string() {
    let text = format!("🦀 é {LISTED}, then 𝔘 0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
    let findings: Array = screener().screen_text(&js(&text), None).unwrap().unchecked_into();
    let string = js_sys::JsString::from(text);
    let slices: Vec<String> = findings
        .iter()
        .map(|found| {
            let index = |key| get(&found, key).as_f64().unwrap() as u32;
            string.slice(index("start"), index("end")).into()
        })
        .collect();
    assert_eq!(slices, [LISTED, "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"]);
    assert_eq!(get(&get(&findings.get(1), "outcome"), "level"), "danger");
}

#[wasm_bindgen_test]
fn a_bad_set_is_an_error_with_a_code_and_leaves_the_others() {
    let mut screener = screener();
    let mut damaged = taintwatch_data::BUILTIN.to_vec();
    // In the hash that the header names.
    damaged[24] ^= 1;
    for (bytes, code) in [
        (b"not a set".to_vec(), "not_a_set"),
        (taintwatch_data::BUILTIN[..1000].to_vec(), "set_length"),
        (damaged, "set_hash"),
    ] {
        let error = screener.add_set(bytes).unwrap_err();
        assert!(error.is_instance_of::<js_sys::Error>());
        assert_eq!(get(&error, "code"), code);
    }
    assert_eq!(get(&first(&screener.sets().unwrap()), "id"), "builtin");
    assert_eq!(get(&screener.screen(LISTED, None).unwrap(), "level"), "danger");
}

/// Numbers that look random and are the same in every run (xorshift32).
fn random(state: &mut u32, below: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    *state as usize % below
}

const ADDRESSES: [&str; 3] =
    [LISTED, "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"];

/// A text of words with addresses among them, and where each of these stands, in UTF-16 units.
fn text_with_addresses(words: &[&str], length: usize, seed: u32) -> (String, Vec<(u32, u32, &'static str)>) {
    let (mut text, mut units, mut places, mut state) = (String::new(), 0, Vec::new(), seed);
    while text.len() < length {
        let address = ADDRESSES[random(&mut state, 3)];
        let is_address = random(&mut state, 60) == 0;
        let word = if is_address { address } else { words[random(&mut state, words.len())] };
        let end = units + word.encode_utf16().count() as u32;
        if is_address {
            places.push((units, end, address));
        }
        text.push_str(word);
        text.push(' ');
        units = end + 1;
    }
    (text, places)
}

/// What JavaScript gets, from SIMD over parts of the text or from runs of a wide one, is what stands there.
#[wasm_bindgen_test]
fn a_scan_finds_every_address_in_any_script() {
    let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let ascii = ["a", "word", "some-title-of-an-article-in-words", "123456", hash, "x".repeat(24).leak()];
    let mixed = ["a", "wörter", "🦀🦀", "адрес", "x\u{200b}y", "字"];
    let chinese = ["我们正在检查，", "剪贴板中的地址", "请稍候。谢谢您的耐心等待", "123456", hash];
    for (words, lengths) in [
        (&ascii[..], &[100, 5000, 9_000_000][..]),
        (&mixed[..], &[100, 5000, 300_000][..]),
        (&chinese[..], &[100, 5000, 300_000][..]),
    ] {
        for (seed, length) in lengths.iter().enumerate() {
            let (text, places) = text_with_addresses(words, *length, seed as u32 + 1);
            let found: Vec<_> = scan(&text)
                .iter()
                .map(|found| {
                    let number = |key| get(&found, key).as_f64().unwrap() as u32;
                    (number("start"), number("end"), get(&found, "address").as_string().unwrap())
                })
                .collect();
            let expected: Vec<_> =
                places.iter().map(|(s, e, address)| (*s, *e, (*address).to_owned())).collect();
            assert!(found == expected, "{} of {} in {length} bytes", found.len(), expected.len());
        }
    }
}

#[wasm_bindgen_test]
fn a_found_address_tells_its_chain_and_reads_without_what_hides_in_it() {
    let text = "to T\u{408}XXmeUbie3JBfK7H3UQb43sWnbhhdTJQ\u{445}!";
    let found = first(&scan(&text));
    assert_eq!(get(&found, "address"), "TJXXmeUbie3JBfK7H3UQb43sWnbhhdTJQx");
    assert_eq!(get(&found, "chain"), "tron:0x2b6653dc");
    assert_eq!((get(&found, "start").as_f64(), get(&found, "end").as_f64()), (Some(3.0), Some(37.0)));
}

/// Wherever a long text is cut into parts, also where there is no good place to cut, an address is found once and whole.
#[wasm_bindgen_test]
fn an_address_is_found_wherever_a_part_ends() {
    let address = ADDRESSES[1];
    for before in (65_400..65_640).chain([131_000, 131_072]) {
        for filling in ["a-", "a ", "a_"] {
            let filler = &filling.repeat(before / 2 + 1)[..before];
            let joint = &filling[1..];
            let text = format!("{filler}{joint}{address}{joint}{}", filling.repeat(3000));
            let found = scan(&text);
            assert_eq!(found.length(), 1, "{before} {filling:?}");
            assert_eq!(get(&found.get(0), "address"), address);
            assert_eq!(get(&found.get(0), "start").as_f64(), Some(before as f64 + 1.0));
        }
        // What goes on behind a cut is no address.
        let text = format!("{}-{address}{}", "a".repeat(before), "0".repeat(5000));
        assert_eq!(scan(&text).length(), 0, "{before}");
    }
}

/// What stands beside an address counts in a long text as in a short one, however the engine's strings cross.
#[wasm_bindgen_test]
fn a_link_in_a_long_text_names_its_chain() {
    let solana = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
    let text = format!(
        "litecoin:{LISTED}?amount=1 {LISTED} web+stellar:pay?destination=GAI3GJ2Q3B35AOZJ36C4ANE3HSS4NK7WI6DNO4ZSHRAX6NG7BMX6VJER&amount=1 \
         ethereum:{}@56 sha256-{solana}= {solana}",
        ADDRESSES[1]
    );
    let chains = |text: &str| -> Vec<String> {
        let found = scan(&text);
        found.iter().map(|found| get(&found, "chain").as_string().unwrap()).collect()
    };
    let expected = [
        "bip122:12a765e31ffd4059bada1e25190f6e98",
        "bip122:000000000019d6689c085ae165831e93",
        "stellar:pubnet",
        "eip155:56",
        "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp",
    ];
    assert_eq!(chains(&text), expected);
    let words = "word ".repeat(2000);
    assert_eq!(chains(&format!("{words}{text} {words}")), expected);
    let words = "地址，".repeat(2000);
    assert_eq!(chains(&format!("{words} {text} {words}")), expected);
}

#[wasm_bindgen_test]
fn a_long_run_hides_no_address() {
    let (run, [begins, ends]) = ("a".repeat(1500), [&LISTED[..10], &LISTED[10..]]);
    for text in
        [format!("{run}-{LISTED}"), format!("{run}-{begins}\u{200b}{ends}"), format!("{run}é-{LISTED}")]
    {
        let found = scan(&text);
        assert_eq!((found.length(), get(&found.get(0), "address")), (1, LISTED.into()), "{text}");
    }
}

#[wasm_bindgen_test]
fn an_address_is_one_of_its_chains_and_of_no_other() {
    let is = |text: &str, chain: Option<&str>| {
        taintwatch::bindings::is_address(
            text.to_owned(),
            &chain.map_or(JsValue::UNDEFINED, JsValue::from_str),
        )
    };
    for (text, chain, other) in [
        (LISTED, "BTC", "ETH"),
        (ADDRESSES[1], "eip155:56", "TRX"),
        (ADDRESSES[2], "btc", "LTC"),
        ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "XRP", "BTC"),
    ] {
        assert!(is(text, None) && is(text, Some(chain)) && !is(text, Some(other)), "{text}");
        assert!(!is(&text[1..], Some(chain)), "{text}");
    }
    // In a letter case that EIP-55 does not have.
    assert!(!is("0x098b716B8Aaf21512996dC57EB0615e2383E2f96", Some("ETH")));
    assert!(!is("0x098b716B8Aaf21512996dC57EB0615e2383E2f96", None));
    let ask: Closure<dyn Fn() -> bool> =
        Closure::new(|| taintwatch::bindings::is_address(LISTED.to_owned(), &JsValue::from_str("nothing")));
    let error = ask.as_ref().unchecked_ref::<Function>().call0(&JsValue::NULL).unwrap_err();
    assert_eq!(get(&error, "code"), "unknown_chain");
}

#[wasm_bindgen_test]
fn a_stored_set_answers_once_it_was_given_what_it_wants() {
    use taintwatch::bindings::{JsScreener, set_head_length};
    let file = taintwatch_data::BUILTIN;
    let head = set_head_length(&file[..4096.min(file.len())]).unwrap();
    let mut screener = JsScreener::new();
    let info = screener.add_stored_set(file[..head].to_vec()).unwrap();
    assert_eq!(get(&info, "id"), "builtin");
    // What is not there is not clean.
    let outcome = screener.screen(LISTED, None).unwrap();
    assert!(get(&outcome, "level").is_null());
    assert_eq!(get(&get(&outcome, "problem"), "code"), "set_read");
    let wanted = screener.wanted("builtin");
    assert!(!wanted.is_empty() && screener.wanted("builtin").is_empty());
    for place in wanted.chunks(2) {
        let (start, end) = (place[0] as usize, place[1] as usize);
        screener.give("builtin", start, file[start..end].to_vec());
    }
    assert_eq!(get(&screener.screen(LISTED, None).unwrap(), "level"), "danger");
    screener.clear();
    assert!(get(&screener.screen(LISTED, None).unwrap(), "level").is_null());
    assert!(screener.remove_set("builtin") && !screener.remove_set("builtin"));
    assert_eq!(get(&get(&screener.screen(LISTED, None).unwrap(), "problem"), "code"), "no_set");
}

#[wasm_bindgen_test]
fn a_set_is_proved_as_it_arrives() {
    use taintwatch::bindings::{JsSetVerifier, set_head_length};
    let file = taintwatch_data::BUILTIN;
    let head = &file[..set_head_length(file).unwrap()];
    let prove = |file: &[u8]| {
        let mut verifier = JsSetVerifier::new(head)?;
        file.chunks(1000).try_for_each(|part| verifier.push(part))?;
        verifier.finish()
    };
    assert_eq!(get(&prove(file).unwrap(), "id"), "builtin");
    assert_eq!(get(&prove(&file[..file.len() - 1]).unwrap_err(), "code"), "set_length");
    let mut flipped = file.to_vec();
    *flipped.last_mut().unwrap() ^= 1;
    assert!(prove(&flipped).is_err());
    assert_eq!(get(&set_head_length(b"PK").unwrap_err(), "code"), "not_a_set");
}

#[wasm_bindgen_test]
fn many_addresses_are_told_at_once() {
    let screener = screener();
    let clean = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    let evm = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    let listed = |addresses: &[&str]| {
        let addresses: Array = addresses.iter().map(|address| JsValue::from_str(address)).collect();
        screener.are_listed(&addresses).unwrap()
    };
    // Each string has one answer, whatever is in it, and however much crosses at a time.
    let two = [LISTED, evm].join("\n");
    let long = "1".repeat(1 << 20);
    let odd = [LISTED, clean, evm, "é", "", &two, &long, "\u{1f600}", evm];
    assert_eq!(listed(&odd), [1, 0, 1, 2, 2, 2, 2, 2, 1]);
    assert!(listed(&vec![evm; 10_000]) == [1; 10_000]);
    assert!(listed(&odd.repeat(1000)) == [1, 0, 1, 2, 2, 2, 2, 2, 1].repeat(1000));
    // Halves of a character that meet are none.
    let halves = js_sys::eval(&format!("['\\ud83d', '\\ude00', '{evm}']")).unwrap();
    assert_eq!(screener.are_listed(halves.unchecked_ref()).unwrap(), [2, 2, 1]);
    // What is no string is asked about as the string that it becomes, if it becomes one.
    let others = js_sys::eval(&format!("[5, null, new String('{evm}'), ['{LISTED}']]")).unwrap();
    assert_eq!(screener.are_listed(others.unchecked_ref()).unwrap(), [2, 2, 1, 1]);
    let none = js_sys::eval(&format!("['{evm}', Object.create(null)]")).unwrap();
    assert!(screener.are_listed(none.unchecked_ref()).is_err());
    assert_eq!(screener.is_listed(LISTED), Some(true));
    assert_eq!(screener.is_listed(clean), Some(false));
    assert_eq!(screener.is_listed("nonsense"), None);
}

#[wasm_bindgen_test]
fn every_hexadecimal_digit_counts_and_nothing_else_is_one() {
    let screener = screener();
    for (at, byte) in (0..40).flat_map(|at| (0..128).map(move |byte| (at, byte))) {
        let mut digits = *b"0123456789012345678901234567890123456789";
        digits[at] = byte;
        let address = format!("0x{}", core::str::from_utf8(&digits).unwrap());
        let identity = taintwatch::read(&address).ok().map(|reading| reading.addresses[0].identity().hex());
        let expected = byte.is_ascii_hexdigit().then(|| address[2..].to_lowercase());
        assert_eq!(identity, expected, "{address}");
        assert_eq!(screener.is_listed(&address), expected.map(|_| false), "{address}");
    }
}

#[wasm_bindgen_test]
fn addresses_that_look_alike_are_told_with_what_is_equal() {
    let ronin = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    let other = "0x098b7f17be4529eca869f8a6ea9fb1ad03992f96";
    let known = Some("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa\n0x098B716B8A…e2383E2f96".to_owned());
    let alike = first(&taintwatch::bindings::lookalikes(other, known).unwrap());
    let number = |key: &str| get(&alike, key).as_f64();
    assert_eq!(
        ["address", "known", "head", "tail"].map(number),
        [Some(0.0), Some(1.0), Some(7.0), Some(4.0)]
    );
    let among = taintwatch::bindings::lookalikes(&format!("{ronin}\nnonsense\n{other}"), None).unwrap();
    assert_eq!(get(&first(&among), "address").as_f64(), Some(2.0));
    let none = taintwatch::bindings::lookalikes(ronin, Some(ronin.to_lowercase())).unwrap();
    assert_eq!(none.unchecked_into::<Array>().length(), 0);
}

#[wasm_bindgen_test]
fn sets_are_told_and_taken_away() {
    let mut screener = screener();
    assert_eq!(get(&first(&screener.sets().unwrap()), "id"), "builtin");
    assert!(screener.remove_set("builtin"));
    assert!(!screener.remove_set("builtin"));
    assert_eq!(screener.sets().unwrap().unchecked_into::<Array>().length(), 0);
}
