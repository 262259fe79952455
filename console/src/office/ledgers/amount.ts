/** A decimal text with its thousands apart; no digit is lost. */
export function amount(text: string): string {
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)(\..*)?$/.exec(text) ?? []
  return whole ? `${sign && '−'}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest}` : text
}

/** How much of the greatest one a quantity is, from 0 to 100; only for what is drawn. */
export function share(text: string, most: number): number {
  return most > 0 ? Math.max(0, Math.min(100, (Number(text) / most) * 100)) : 0
}
