/** Tables that scroll sideways can be reached and scrolled by keyboard, also those without anything to press in them. */
export function reachTables(): void {
  let asked = 0
  const reach = () => {
    asked = 0
    document.querySelectorAll<HTMLElement>('.ant-table-content:not([tabindex]), .ant-table-body:not([tabindex])').forEach((one) => { one.tabIndex = 0 })
  }
  new MutationObserver(() => { asked ||= requestAnimationFrame(reach) }).observe(document.body, { childList: true, subtree: true })
}

/** A list that drops down is called as the field it belongs to: the library gives the name to the field alone. */
export function nameLists(): void {
  let asked = 0
  const name = () => {
    asked = 0
    document.querySelectorAll<HTMLElement>('[role=listbox]:not([aria-label])').forEach((list) => {
      const field = document.getElementById(list.id.replace(/_list$/, ''))
      const told = field instanceof HTMLInputElement && (field.ariaLabel ?? field.labels?.[0]?.textContent)
      if (told) list.setAttribute('aria-label', told)
    })
  }
  new MutationObserver(() => { asked ||= requestAnimationFrame(name) }).observe(document.body, { childList: true, subtree: true })
}
