/** Amounts of money as people write and read them: `20万 CNY`, `1.5亿 CNY`, `200,000.00 CNY`, `500 USD`. */

import type { Lang, Text } from './text.ts';
import type { Money } from './value.ts';

export type ParsedMoney =
  | { readonly ok: true; readonly money: Money }
  | { readonly ok: false; readonly message: Text; readonly hint?: Text };

/** Active currencies of ISO 4217 by the number of digits of their minor unit. */
const CURRENCIES: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP ' +
    'CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR ' +
    'JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN ' +
    'NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP ' +
    'SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const DIGITS: ReadonlyMap<string, number> = new Map(
  Object.entries(CURRENCIES).flatMap(([digits, codes]) =>
    codes.split(' ').map((code) => [code, Number(digits)] as const),
  ),
);

const SCALES: Readonly<Record<string, number>> = { 万: 4, 亿: 8 };

const FORM = /^(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})(?:\.([0-9]{1,12}))? ?([万亿]?) ?([A-Z]{3})$/;

/** Names people write for the yuan. */
const YUAN = /rmb|cnh|¥|￥|元|人民币/i;

/** How many digits the minor unit of a currency has: 2 for CNY, 0 for JPY. Undefined for what ISO 4217 does not list. */
export function minorDigits(currency: string): number | undefined {
  return DIGITS.get(currency);
}

/**
 * Reads an amount with its currency into whole minor units. Thousands may be parted by commas; 万 and 亿 multiply. What is
 * finer than the minor unit, or too large to count exactly, is refused rather than rounded.
 */
export function parseMoney(text: string): ParsedMoney {
  const match = FORM.exec(text);
  if (match === null) return notMoney(text);
  const [, sign = '', whole = '', decimals = '', scale = '', currency = ''] = match;
  const digits = minorDigits(currency);
  if (digits === undefined) {
    return refuse(
      { zh: `\`${currency}\` 不是货币代码`, en: `\`${currency}\` is not a currency` },
      { zh: '用 ISO 4217 代码，如 `CNY`、`USD`', en: 'use an ISO 4217 code, such as `CNY` or `USD`' },
    );
  }
  const shift = digits + (SCALES[scale] ?? 0) - decimals.length;
  const units = BigInt(whole.replaceAll(',', '') + decimals);
  const minor = shift >= 0 ? units * 10n ** BigInt(shift) : units / 10n ** BigInt(-shift);
  if (shift < 0 && minor * 10n ** BigInt(-shift) !== units) {
    return refuse(
      {
        zh: `\`${text}\` 比 ${currency} 的最小单位还细`,
        en: `\`${text}\` is finer than the smallest unit of ${currency}`,
      },
      digits === 0
        ? { zh: `${currency} 没有小数`, en: `${currency} has no decimals` }
        : { zh: `${currency} 最多 ${digits} 位小数`, en: `${currency} has at most ${digits} decimals` },
    );
  }
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) {
    return refuse({ zh: `\`${text}\` 太大`, en: `\`${text}\` is too large` });
  }
  // `+ 0` turns -0, which JSON and equality treat differently, into 0.
  return { ok: true, money: { minor: (sign === '-' ? -Number(minor) : Number(minor)) + 0, currency } };
}

/**
 * The amount as a person reads it, exact, and readable by `parseMoney` again: `200,000.00 CNY`; in Chinese `20万 CNY`
 * where 亿 or 万 shows it with at most two decimals.
 */
export function moneyText(money: Money, lang: Lang): string {
  const digits = minorDigits(money.currency) ?? 2;
  const sign = money.minor < 0 ? '-' : '';
  const minor = Math.abs(money.minor);
  if (lang === 'zh') {
    for (const [name, power] of [
      ['亿', 8],
      ['万', 4],
    ] as const) {
      const short = inScale(minor, digits + power);
      if (short !== undefined) return `${sign}${short}${name} ${money.currency}`;
    }
  }
  const text = String(minor).padStart(digits + 1, '0');
  const whole = grouped(text.slice(0, text.length - digits));
  return `${sign}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''} ${money.currency}`;
}

/** The amount over ten to a power with at most two decimals, or undefined where that is not exact or less than one. */
function inScale(minor: number, power: number): string | undefined {
  const hundredth = 10 ** (power - 2);
  if (minor < hundredth * 100 || minor % hundredth !== 0) return undefined;
  const hundredths = minor / hundredth;
  const decimals = String(hundredths % 100).padStart(2, '0');
  return grouped(String(Math.floor(hundredths / 100))) + `.${decimals}`.replace(/\.?0+$/, '');
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

function notMoney(text: string): ParsedMoney {
  const message = { zh: `\`${text}\` 不是金额`, en: `\`${text}\` is not an amount of money` };
  const bare = text.trim();
  if (/^-?[0-9][0-9,.]*\s*[万亿]?$/.test(bare)) {
    return refuse(message, { zh: `写明货币，如 \`${bare} CNY\``, en: `name the currency, such as \`${bare} CNY\`` });
  }
  if (/^-?[0-9][0-9,.]*\s*[万亿]?\s*[a-z]{3}$/i.test(bare) && bare !== bare.toUpperCase()) {
    return refuse(message, {
      zh: `货币代码用大写：\`${bare.toUpperCase()}\``,
      en: `write the currency in capitals: \`${bare.toUpperCase()}\``,
    });
  }
  if (YUAN.test(bare)) {
    return refuse(message, {
      zh: '货币写作 `CNY`，如 `20万 CNY`',
      en: 'write the currency as `CNY`, such as `20万 CNY`',
    });
  }
  return refuse(message, {
    zh: '写成金额加货币，如 `20万 CNY` 或 `200,000.00 CNY`',
    en: 'write an amount and its currency, such as `20万 CNY` or `200,000.00 CNY`',
  });
}

function refuse(message: Text, hint?: Text): ParsedMoney {
  return hint === undefined ? { ok: false, message } : { ok: false, message, hint };
}
