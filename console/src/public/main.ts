// The public page's script. Everything works without it; it makes things quicker.

import { improve } from './form'
import { showMap } from './map'

const form = document.querySelector<HTMLFormElement>('form#report')
if (form !== null) improve(form)

const map = document.querySelector<HTMLElement>('#map')
if (map !== null) showMap(map).catch(() => (map.hidden = true)) // the list below says the same

const copy = document.querySelector<HTMLButtonElement>('#copy')
if (copy !== null && navigator.clipboard !== undefined) {
  copy.hidden = false
  copy.addEventListener('click', () => {
    void navigator.clipboard.writeText(copy.dataset.link ?? '').then(() => (copy.textContent = copy.dataset.done ?? ''))
  })
}

const print = document.querySelector<HTMLButtonElement>('#print')
if (print !== null) {
  print.hidden = false
  print.addEventListener('click', () => window.print())
}
