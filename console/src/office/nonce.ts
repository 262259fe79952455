/**
 * antd makes style elements at run time, and so do helpers below it that know no nonce (scroll lock, measuring). The
 * page's policy allows styles with this answer's nonce only; every style element that our scripts make gets it.
 */
export function nonceForStyles(): void {
  const nonce = styleNonce()
  if (!nonce) return
  const make = document.createElement.bind(document)
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const made = make(name, options)
    if (made instanceof HTMLStyleElement) made.nonce = nonce
    return made
  }) as typeof document.createElement
}

export const styleNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce || undefined
