const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** @param minorUnits - cents, for one: money is whole numbers of them everywhere but on screens */
export function formatMoney(minorUnits: number, currency: string, locale?: string): string {
  const amount = minorUnits / 10 ** digitsOf(currency);
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
}

/** What a person typed, `12.5` or `12,50`, in minor units; undefined where it is no amount, or finer than the currency. */
export function parseMoney(text: string, currency: string): number | undefined {
  const digits = digitsOf(currency);
  const [, whole, fraction = ''] = /^\s*(\d{1,12})(?:[.,](\d+))?\s*$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > digits) return undefined;
  return Number(whole + fraction.padEnd(digits, '0'));
}
