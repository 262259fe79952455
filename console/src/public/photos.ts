// Photos are made smaller before they are sent: a phone's takes 5 MB, what is shown of it 0.5.

import { fill, make, type Words } from './page'

const LONGEST = 2048
const QUALITY = 0.85

/** Keeps the chosen photos, made smaller, in the input itself, so that the form carries them. */
export class Photos {
  #files: File[] = []
  #urls: string[] = []
  ready: Promise<void> = Promise.resolve()

  constructor(
    readonly input: HTMLInputElement,
    readonly shown: HTMLElement,
    readonly most: number,
    readonly words: Words,
  ) {
    const button = make('label', { for: input.id, class: 'go take', 'aria-hidden': 'true' }, fill(words.photos_add))
    input.classList.add('sr')
    input.after(button)
    input.addEventListener('change', () => {
      const chosen = [...(input.files ?? [])]
      this.ready = this.ready.then(() => this.#add(chosen))
    })
  }

  async #add(chosen: File[]): Promise<void> {
    for (const file of chosen) {
      if (this.#files.length < this.most) this.#files.push(await smaller(file))
    }
    this.#keep()
  }

  #keep(): void {
    const held = new DataTransfer()
    for (const file of this.#files) held.items.add(file)
    this.input.files = held.files
    for (const url of this.#urls) URL.revokeObjectURL(url)
    this.#urls = this.#files.map((file) => URL.createObjectURL(file))
    this.shown.replaceChildren(...this.#urls.map((url, index) => this.#picture(url, index)))
  }

  #picture(url: string, index: number): HTMLElement {
    const remove = make('button', { type: 'button' }, fill(this.words.photo_remove))
    remove.addEventListener('click', () => {
      this.#files.splice(index, 1)
      this.#keep()
      this.input.focus()
    })
    return make('figure', {}, make('img', { src: url, alt: String(index + 1) }), remove)
  }
}

/** A JPEG of at most 2,048 pixels; the file itself where this browser cannot read it, for the server to judge. */
async function smaller(file: File): Promise<File> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    if (blob === null || (scale === 1 && blob.size >= file.size)) return file
    return new File([blob], 'photo.jpg', { type: 'image/jpeg' })
  } catch {
    return file
  }
}
