//! The curve secp256k1 as far as an address needs it: whether a key is one, and which key made a signature.
//!
//! Sources: SEC 2 version 2, section 2.4.1, for the curve; SEC 1 version 2,
//! section 4.1.6, for recovering the key. Nothing here is secret, so nothing
//! is made to take the same time for all numbers; it takes about a
//! millisecond, for an invoice that a person pastes.

/// A number of 256 bits in words of 64, the lowest first.
type Number = [u64; 4];

/// What numbers are taken modulo: 2^256 less this, in words.
struct Modulus {
    value: Number,
    /// 2^256 - value.
    rest: [u64; 3],
}

const FIELD: Modulus =
    Modulus { value: [0xffff_fffe_ffff_fc2f, u64::MAX, u64::MAX, u64::MAX], rest: [0x1_0000_03d1, 0, 0] };
const ORDER: Modulus = Modulus {
    value: [0xbfd2_5e8c_d036_4141, 0xbaae_dce6_af48_a03b, 0xffff_ffff_ffff_fffe, u64::MAX],
    rest: [0x402d_a173_2fc9_bebf, 0x4551_2319_50b7_5fc4, 1],
};
const GENERATOR: Point = Point {
    x: [0x59f2_815b_16f8_1798, 0x029b_fcdb_2dce_28d9, 0x55a0_6295_ce87_0b07, 0x79be_667e_f9dc_bbac],
    y: [0x9c47_d08f_fb10_d4b8, 0xfd17_b448_a685_5419, 0x5da4_fbfc_0e11_08a8, 0x483a_da77_26a3_c465],
    z: ONE,
};
const ZERO: Number = [0; 4];
const ONE: Number = [1, 0, 0, 0];

/// A point of the curve that is a public key.
pub(super) struct Key {
    x: Number,
    is_odd: bool,
}

impl Key {
    /// A key in SEC 1's compressed form, if it is on the curve.
    pub fn from_bytes(bytes: &[u8; 33]) -> Option<Self> {
        let is_odd = match bytes[0] {
            2 => false,
            3 => true,
            _ => return None,
        };
        let x = number(bytes[1..].try_into().ok()?);
        lift(x, is_odd).map(|_| Self { x, is_odd })
    }

    /// SEC 1's compressed form.
    pub fn to_bytes(&self) -> [u8; 33] {
        let mut bytes = [2 + u8::from(self.is_odd); 33];
        for (eight, word) in bytes[1..].chunks_exact_mut(8).zip(self.x.iter().rev()) {
            eight.copy_from_slice(&word.to_be_bytes());
        }
        bytes
    }
}

/// The key whose signature of a hash this is (`r` and `s`, 32 bytes each); `recovery` is 0 to 3 and tells which of the
/// possible ones.
pub(super) fn recover(hash: &[u8; 32], signature: &[u8; 64], recovery: u8) -> Option<Key> {
    let (r, s) = signature.split_at(32);
    let (r, s) = (number(r.try_into().ok()?), number(s.try_into().ok()?));
    let in_order = |n: &Number| *n != ZERO && less(n, &ORDER.value);
    if !in_order(&r) || !in_order(&s) || recovery > 3 {
        return None;
    }
    // The point that was chosen when signing; its x may have been beyond the order.
    let (x, carry) = if recovery & 2 == 0 { (r, false) } else { add(&r, &ORDER.value) };
    let point = if carry { None } else { lift(x, recovery & 1 == 1) }?;
    let inverse = ORDER.power(&r, &minus(&ORDER.value, 2));
    let z = ORDER.reduce(&number(hash));
    let u1 = ORDER.multiply(&ORDER.subtract(&ZERO, &z), &inverse);
    let u2 = ORDER.multiply(&s, &inverse);
    let both = GENERATOR.add(&point);
    let mut sum = Point::NOWHERE;
    for bit in (0..256).rev() {
        sum = sum.double();
        match (is_set(&u1, bit), is_set(&u2, bit)) {
            (true, true) => sum = sum.add(&both),
            (true, false) => sum = sum.add(&GENERATOR),
            (false, true) => sum = sum.add(&point),
            (false, false) => {}
        }
    }
    sum.to_key()
}

/// The point with this x whose y is odd or even, if the curve has one.
fn lift(x: Number, is_odd: bool) -> Option<Point> {
    if !less(&x, &FIELD.value) {
        return None;
    }
    let square = FIELD.add(&FIELD.multiply(&FIELD.multiply(&x, &x), &x), &[7, 0, 0, 0]);
    // The field's order is 3 modulo 4: a root is the power of a quarter of one more.
    let quarter = core::array::from_fn(|i| {
        let (word, next) = (FIELD.value[i] + u64::from(i == 0), FIELD.value.get(i + 1).unwrap_or(&0));
        word >> 2 | next << 62
    });
    let y = FIELD.power(&square, &quarter);
    if FIELD.multiply(&y, &y) != square {
        return None;
    }
    let y = if (y[0] & 1 == 1) == is_odd { y } else { FIELD.subtract(&ZERO, &y) };
    Some(Point { x, y, z: ONE })
}

/// A point in Jacobian coordinates: x is `x/z²`, y is `y/z³`; where z is zero, it is the point at infinity.
#[derive(Clone, Copy)]
struct Point {
    x: Number,
    y: Number,
    z: Number,
}

impl Point {
    const NOWHERE: Self = Self { x: ONE, y: ONE, z: ZERO };

    /// "dbl-2009-l" of the Explicit-Formulas Database.
    fn double(&self) -> Self {
        let f = &FIELD;
        let a = f.multiply(&self.x, &self.x);
        let b = f.multiply(&self.y, &self.y);
        let c = f.multiply(&b, &b);
        let x_and_b = f.add(&self.x, &b);
        let d = f.subtract(&f.subtract(&f.multiply(&x_and_b, &x_and_b), &a), &c);
        let d = f.add(&d, &d);
        let e = f.add(&f.add(&a, &a), &a);
        let x = f.subtract(&f.multiply(&e, &e), &f.add(&d, &d));
        let c8 = f.multiply(&c, &[8, 0, 0, 0]);
        let y = f.subtract(&f.multiply(&e, &f.subtract(&d, &x)), &c8);
        let yz = f.multiply(&self.y, &self.z);
        Self { x, y, z: f.add(&yz, &yz) }
    }

    /// "add-1998-cmo-2" of the Explicit-Formulas Database.
    fn add(&self, other: &Self) -> Self {
        if self.z == ZERO {
            return *other;
        }
        if other.z == ZERO {
            return *self;
        }
        let f = &FIELD;
        let z1z1 = f.multiply(&self.z, &self.z);
        let z2z2 = f.multiply(&other.z, &other.z);
        let u1 = f.multiply(&self.x, &z2z2);
        let s1 = f.multiply(&f.multiply(&self.y, &other.z), &z2z2);
        let h = f.subtract(&f.multiply(&other.x, &z1z1), &u1);
        let r = f.subtract(&f.multiply(&f.multiply(&other.y, &self.z), &z1z1), &s1);
        if h == ZERO {
            return if r == ZERO { self.double() } else { Self::NOWHERE };
        }
        let hh = f.multiply(&h, &h);
        let hhh = f.multiply(&h, &hh);
        let v = f.multiply(&u1, &hh);
        let x = f.subtract(&f.subtract(&f.multiply(&r, &r), &hhh), &f.add(&v, &v));
        let y = f.subtract(&f.multiply(&r, &f.subtract(&v, &x)), &f.multiply(&s1, &hhh));
        Self { x, y, z: f.multiply(&f.multiply(&self.z, &other.z), &h) }
    }

    fn to_key(self) -> Option<Key> {
        if self.z == ZERO {
            return None;
        }
        let inverse = FIELD.power(&self.z, &minus(&FIELD.value, 2));
        let square = FIELD.multiply(&inverse, &inverse);
        let y = FIELD.multiply(&FIELD.multiply(&self.y, &square), &inverse);
        Some(Key { x: FIELD.multiply(&self.x, &square), is_odd: y[0] & 1 == 1 })
    }
}

impl Modulus {
    fn add(&self, a: &Number, b: &Number) -> Number {
        let (sum, carry) = add(a, b);
        if carry || !less(&sum, &self.value) { subtract(&sum, &self.value) } else { sum }
    }

    fn subtract(&self, a: &Number, b: &Number) -> Number {
        if less(a, b) { subtract(&add(a, &self.value).0, b) } else { subtract(a, b) }
    }

    fn reduce(&self, a: &Number) -> Number {
        if less(a, &self.value) { *a } else { subtract(a, &self.value) }
    }

    fn multiply(&self, a: &Number, b: &Number) -> Number {
        let mut wide = [0u64; 8];
        add_product(&mut wide, a, b);
        // 2^256 is `rest` modulo the value: the upper half comes down until nothing is left of it.
        while wide[4..] != [0; 4] {
            let mut upper = ZERO;
            upper.copy_from_slice(&wide[4..]);
            wide[4..].fill(0);
            add_product(&mut wide, &upper, &self.rest);
        }
        let mut low = ZERO;
        low.copy_from_slice(&wide[..4]);
        self.reduce(&low)
    }

    fn power(&self, base: &Number, exponent: &Number) -> Number {
        let mut power = ONE;
        for bit in (0..256).rev() {
            power = self.multiply(&power, &power);
            if is_set(exponent, bit) {
                power = self.multiply(&power, base);
            }
        }
        power
    }
}

/// Adds a product to a sum that has room for it.
fn add_product(sum: &mut [u64; 8], a: &[u64], b: &[u64]) {
    for (i, &a) in a.iter().enumerate() {
        let mut carry = 0u128;
        for (j, word) in sum[i..].iter_mut().enumerate() {
            let product = b.get(j).map_or(0, |&b| u128::from(a) * u128::from(b));
            carry += u128::from(*word) + product;
            *word = carry as u64;
            carry >>= 64;
        }
    }
}

fn add(a: &Number, b: &Number) -> (Number, bool) {
    let (mut sum, mut carry) = (ZERO, 0u128);
    for (word, (a, b)) in sum.iter_mut().zip(a.iter().zip(b)) {
        carry += u128::from(*a) + u128::from(*b);
        *word = carry as u64;
        carry >>= 64;
    }
    (sum, carry != 0)
}

/// Modulo 2^256.
fn subtract(a: &Number, b: &Number) -> Number {
    let (mut difference, mut borrow) = (ZERO, false);
    for (word, (a, b)) in difference.iter_mut().zip(a.iter().zip(b)) {
        let (once, first) = a.overflowing_sub(*b);
        let (twice, second) = once.overflowing_sub(borrow.into());
        *word = twice;
        borrow = first || second;
    }
    difference
}

fn minus(a: &Number, small: u64) -> Number {
    subtract(a, &[small, 0, 0, 0])
}

fn less(a: &Number, b: &Number) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

fn is_set(a: &Number, bit: usize) -> bool {
    a[bit / 64] >> (bit % 64) & 1 == 1
}

fn number(bytes: &[u8; 32]) -> Number {
    let word = |i: usize| bytes[8 * i..8 * i + 8].iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    [word(3), word(2), word(1), word(0)]
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use k256::ecdsa::{RecoveryId, Signature, SigningKey, VerifyingKey};
    use proptest::prelude::*;

    #[test]
    fn what_is_no_key_or_signature_is_refused() {
        assert!(Key::from_bytes(&[2; 33]).is_some());
        assert!(Key::from_bytes(&[4; 33]).is_none());
        // No point has x = 5 (SEC 2's curve: 5³ + 7 is not a square).
        let mut five = [0; 33];
        (five[0], five[32]) = (2, 5);
        assert!(Key::from_bytes(&five).is_none());
        assert!(Key::from_bytes(&[0xff; 33]).is_none());
        assert!(recover(&[1; 32], &[0; 64], 0).is_none());
        assert!(recover(&[1; 32], &[0xff; 64], 0).is_none());
        assert!(recover(&[1; 32], &[1; 64], 4).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn the_key_that_signed_is_recovered(secret in prop::array::uniform32(1u8..255), hash: [u8; 32]) {
            let secret = SigningKey::from_slice(&secret).unwrap();
            let (signature, recovery) = secret.sign_prehash_recoverable(&hash);
            let signature: [u8; 64] = signature.to_bytes().into();
            let expected: [u8; 33] = secret.verifying_key().to_sec1_point(true).as_bytes().try_into().unwrap();
            prop_assert_eq!(recover(&hash, &signature, recovery.to_byte()).unwrap().to_bytes(), expected);
            prop_assert_eq!(Key::from_bytes(&expected).unwrap().to_bytes(), expected);
        }

        /// Also where a signature is nobody's: the same key, or none, as the library finds.
        #[test]
        fn agrees_with_the_library_on_any_signature(hash: [u8; 32], signature in any::<[[u8; 32]; 2]>(), recovery in 0u8..4) {
            let signature: [u8; 64] = signature.concat().try_into().unwrap();
            let theirs = Signature::from_slice(&signature).ok().and_then(|signature| {
                VerifyingKey::recover_from_prehash(&hash, &signature, RecoveryId::from_byte(recovery)?).ok()
            });
            let theirs = theirs.map(|key| key.to_sec1_point(true).as_bytes().to_vec());
            prop_assert_eq!(recover(&hash, &signature, recovery).map(|key| key.to_bytes().to_vec()), theirs);
        }

        #[test]
        fn agrees_with_the_library_on_what_is_a_key(bytes: [u8; 32], sign in 0u8..6) {
            let mut key = [0; 33];
            key[0] = sign;
            key[1..].copy_from_slice(&bytes);
            let theirs = VerifyingKey::from_sec1_bytes(&key).is_ok();
            prop_assert_eq!(Key::from_bytes(&key).is_some(), theirs && matches!(sign, 2 | 3));
        }
    }
}
