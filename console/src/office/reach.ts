/** Tables that scroll sideways can be reached and scrolled by keyboard, also those without anything to press in them. */
export function reachTables(): void {
  let asked = 0
  const reach = () => {
    asked = 0
    document.querySelectorAll<HTMLElement>('.ant-table-content:not([tabindex]), .ant-table-body:not([tabindex])').forEach((one) => { one.tabIndex = 0 })
  }
  new MutationObserver(() => { asked ||= requestAnimationFrame(reach) }).observe(document.body, { childList: true, subtree: true })
}
