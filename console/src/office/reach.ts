/** Does something for parts of the page as they come into it, at most once a frame. */
function whenever(found: string, work: (one: HTMLElement) => void): void {
  let asked = 0
  const look = () => {
    asked = 0
    document.querySelectorAll<HTMLElement>(found).forEach(work)
  }
  new MutationObserver(() => { asked ||= requestAnimationFrame(look) }).observe(document.body, { childList: true, subtree: true })
}

/** Tables that scroll sideways can be reached and scrolled by keyboard, also those without anything to press in them. */
export const reachTables = (): void =>
  whenever('.ant-table-content:not([tabindex]), .ant-table-body:not([tabindex])', (one) => { one.tabIndex = 0 })

/** A list that drops down is called as the field it belongs to: the library gives the name to the field alone. */
export const nameLists = (): void =>
  whenever('[role=listbox]:not([aria-label])', (list) => {
    const field = document.getElementById(list.id.replace(/_list$/, ''))
    const told = field instanceof HTMLInputElement && (field.ariaLabel ?? field.labels?.[0]?.textContent)
    if (told) list.setAttribute('aria-label', told)
  })
