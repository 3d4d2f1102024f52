/**
 * Functions whose last digit differs from engine to engine in `Math`, made of operations that are exact everywhere.
 * Good to about 15 digits.
 */
const LN2 = 0.6931471805599453;
const PI = 3.141592653589793;

function powerOfTwo(exponent: number): number {
  let value = 1;
  const factor = exponent < 0 ? 0.5 : 2;
  for (let i = Math.abs(exponent); i > 0; i--) value *= factor;
  return value;
}

export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.8) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.round(x / LN2);
  const r = x - k * LN2;
  let term = 1;
  let sum = 1;
  for (let i = 1; i < 24; i++) {
    term *= r / i;
    sum += term;
  }
  return k >= 0 ? sum * powerOfTwo(k) : k < -1000 ? sum * powerOfTwo(k + 1000) * powerOfTwo(-1000) : sum * powerOfTwo(k);
}

export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  let exponent = 0;
  let m = x;
  while (m > 1.5) {
    m /= 2;
    exponent += 1;
  }
  while (m < 0.75) {
    m *= 2;
    exponent -= 1;
  }
  const t = (m - 1) / (m + 1);
  const square = t * t;
  let power = t;
  let sum = 0;
  for (let i = 1; i < 40; i += 2) {
    sum += power / i;
    power *= square;
  }
  return 2 * sum + exponent * LN2;
}

/** x to the power y. Whole powers are products. */
export function power(x: number, y: number): number {
  if (Number.isInteger(y) && Math.abs(y) <= 1e6) {
    let result = 1;
    let base = x;
    for (let n = Math.abs(y); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result *= base;
      base *= base;
    }
    return y < 0 ? 1 / result : result;
  }
  if (x === 0) return y > 0 ? 0 : Infinity;
  if (y === 0.5) return Math.sqrt(x);
  return x < 0 ? NaN : exp(y * log(x));
}

export function sin(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  let r = x - Math.round(x / (2 * PI)) * 2 * PI;
  if (r > PI / 2) r = PI - r;
  else if (r < -PI / 2) r = -PI - r;
  let term = r;
  let sum = r;
  for (let i = 1; i < 14; i++) {
    term *= (-r * r) / (2 * i * (2 * i + 1));
    sum += term;
  }
  return sum;
}

export function cos(x: number): number {
  return sin(x + PI / 2);
}

function arcTangent(x: number): number {
  if (x < 0) return -arcTangent(-x);
  if (x > 1) return PI / 2 - arcTangent(1 / x);
  if (x > 0.3) return 2 * arcTangent(x / (1 + Math.sqrt(1 + x * x)));
  let power = x;
  let sum = 0;
  for (let i = 0; i < 24; i++) {
    sum += ((i % 2 === 0 ? 1 : -1) * power) / (2 * i + 1);
    power *= x * x;
  }
  return sum;
}

export function atan2(y: number, x: number): number {
  if (x > 0) return arcTangent(y / x);
  if (x < 0) return y >= 0 ? arcTangent(y / x) + PI : arcTangent(y / x) - PI;
  return y > 0 ? PI / 2 : y < 0 ? -PI / 2 : 0;
}
