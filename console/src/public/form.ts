// The form: what the script adds to what works without it.

import type { Case } from './draw'
import { fill, make, type Words, wordsOf } from './page'
import { Photos } from './photos'
import { type Nearby, Place } from './place'
import { Proving } from './proving'

export function improve(form: HTMLFormElement): void {
  new Form(form, wordsOf(form))
}

class Form {
  readonly #proving: Proving
  readonly #photos: Photos | null
  readonly #button: HTMLButtonElement
  readonly #progress: HTMLElement
  #sending = false

  constructor(
    readonly form: HTMLFormElement,
    readonly words: Words,
  ) {
    this.#proving = new Proving(form.dataset.challenge ?? '')
    this.#button = form.querySelector<HTMLButtonElement>('button[type=submit]') ?? make('button')
    this.#progress = form.querySelector<HTMLElement>('#progress') ?? make('p')
    const input = form.querySelector<HTMLInputElement>('#photos')
    const shown = form.querySelector<HTMLElement>('#previews')
    this.#photos = input && shown ? new Photos(input, shown, Number(form.dataset.photos), words) : null
    const place = new Place(form, words, (found) => this.#near(found))
    const area = form.querySelector<HTMLSelectElement>('#area')
    area?.addEventListener('change', () => void place.ofArea(area.value))
    this.#question(false)
    for (const name of ['input', 'focusin', 'change']) form.addEventListener(name, () => this.#begin(), { once: true })
    form.addEventListener('submit', (event) => void this.#submit(event))
    window.addEventListener('pageshow', (event) => event.persisted && this.#ready())
    document.getElementById('wrong')?.focus()
  }

  #begin(): void {
    this.#proving.proof().catch(() => this.#question(true))
  }

  /** The question is for those whose browser finds no proof. */
  #question(asked: boolean): void {
    const fields = this.form.querySelector<HTMLFieldSetElement>('[data-question]')
    if (fields === null) return
    fields.hidden = !asked
    fields.disabled = !asked
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.#sending) return
    this.#sending = true
    this.#button.disabled = true
    try {
      this.#progress.textContent = fill(this.words.shrinking)
      await this.#photos?.ready
      if (this.form.querySelector('[data-question]:not([hidden])') === null && !this.#given()) {
        this.#progress.textContent = fill(this.words.working)
        const { work, found } = await this.#proving.proof()
        this.#hidden('work', work)
        this.#hidden('found', found)
      }
    } catch {
      this.#ready()
      this.#question(true)
      this.form.querySelector<HTMLInputElement>('#answer')?.focus()
      return
    }
    this.#progress.textContent = fill(this.words.sending)
    this.form.submit()
  }

  /** A proof that the server took before, and gave back with the form. */
  #given(): boolean {
    return this.form.querySelector('[data-question]') === null
  }

  #hidden(name: string, value: string): void {
    this.form.querySelector(`input[name=${name}]`)?.remove()
    this.form.append(make('input', { type: 'hidden', name, value }))
  }

  #ready(): void {
    this.#sending = false
    this.#button.disabled = false
    this.#progress.textContent = ''
  }

  #near(found: Nearby | null): void {
    const box = this.form.querySelector<HTMLElement>('#nearby')
    if (box === null) return
    box.replaceChildren()
    if (found === null || found.cases.length === 0) return
    const list = make('ul', { class: 'cases' }, ...found.cases.map((one) => this.#item(one, one.metres)))
    box.append(
      make('section', { class: 'card' }, make('h2', {}, fill(this.words.nearby)), make('p', {}, fill(this.words.nearby_lead)), list),
    )
  }

  #item(one: Case, metres: number): HTMLElement {
    const button = make('button', { type: 'button', class: 'plain' }, fill(this.words.me_too))
    button.addEventListener('click', () => this.#choose(one))
    const about = metres >= 0 ? ` · ${fill(this.words.about, { metres })}` : ''
    return make('li', {}, described(one, this.words, about), button)
  }

  #choose(one: Case): void {
    const chosen = this.form.querySelector<HTMLElement>('#chosen')
    const undo = make('button', { type: 'button', class: 'plain' }, fill(this.words.me_too_undo))
    undo.addEventListener('click', () => this.#undo())
    const section = make(
      'section', { class: 'card chosen', tabindex: '-1' },
      make('h2', {}, fill(this.words.me_too_chosen)), described(one, this.words, ''),
      make('input', { type: 'hidden', name: 'me_too', value: one.number }), make('p', {}, undo),
    )
    chosen?.replaceChildren(section)
    this.#other(true)
    section.scrollIntoView({ block: 'center' })
    section.focus()
  }

  #undo(): void {
    this.form.querySelector('#chosen')?.replaceChildren()
    this.#other(false)
    this.form.querySelector<HTMLElement>('#text')?.focus()
  }

  /** What is not needed for "me too" is out of the way. */
  #other(hidden: boolean): void {
    for (const id of ['place', 'nearby']) {
      const found = document.getElementById(id)
      if (found !== null) found.hidden = hidden
    }
    const label = this.form.querySelector('label[for=text]')
    if (label !== null) label.textContent = fill(hidden ? this.words.text_optional : this.words.text)
    this.#button.textContent = fill(hidden ? this.words.send_me_too : this.words.send)
  }
}

function described(one: Case, words: Words, more: string): HTMLElement {
  const name = make('b', {}, one.category)
  return make('p', {}, name, make('br'), `${one.place} · ${fill(words.since, { day: one.since })} · ${one.stage}${more}`)
}
