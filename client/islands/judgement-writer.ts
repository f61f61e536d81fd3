/**
 * `<judgement-writer path="…">` round the form of a judgement: saves the working copy while it is written, and offers figures
 * when `[[` is typed. Without JavaScript it is nothing: the button saves, and figures are chosen on a page of their own.
 */
interface Offered {
  readonly name: string
  readonly value: string
  readonly of: string
  readonly interval: string
  readonly when: string
  readonly snapshot: number
  readonly measure: string
  readonly year: string
  readonly group: string
  readonly period: string
}

const pause = 1500

class JudgementWriter extends HTMLElement {
  #form!: HTMLFormElement
  #said!: HTMLElement
  #offers!: HTMLElement
  #timer = 0
  #asked = 0
  #saving: Promise<void> = Promise.resolve()

  connectedCallback(): void {
    this.#form = this.querySelector('form')!
    this.#said = Object.assign(document.createElement('p'), { className: 'small hush' })
    this.#said.setAttribute('role', 'status')
    this.#offers = Object.assign(document.createElement('ul'), { className: 'offers', hidden: true })
    this.#offers.setAttribute('aria-label', 'Figures to cite')
    this.#form.append(this.#said)
    this.#form.querySelector('textarea')?.after(this.#offers)
    for (const field of this.#form.elements) {
      field.addEventListener('input', () => this.#later())
      if (field instanceof HTMLTextAreaElement) field.addEventListener('input', () => void this.#offer(field))
    }
    this.#form.addEventListener('submit', () => clearTimeout(this.#timer))
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer)
  }

  #later(): void {
    clearTimeout(this.#timer)
    this.#said.textContent = ''
    this.#timer = window.setTimeout(() => {
      this.#saving = this.#saving.then(() => this.#save())
    }, pause)
  }

  async #send(path: string, fields: URLSearchParams): Promise<Record<string, unknown> | undefined> {
    try {
      const answer = await fetch(path, {
        method: 'POST',
        body: fields,
        headers: { Accept: 'application/json' },
      })
      return answer.ok ? await answer.json() : undefined
    } catch {
      return undefined
    }
  }

  async #save(): Promise<void> {
    const typed = new URLSearchParams(new FormData(this.#form) as unknown as Record<string, string>)
    const saved = await this.#send(this.getAttribute('path')!, typed)
    if (!saved) {
      this.#said.textContent = 'Not saved yet. Your words are here: save them with the button.'
      return
    }
    if (saved.clash) {
      this.#said.innerHTML = ''
      this.#said.append(
        'Somebody saved this area while you wrote. Both copies are kept: ',
        Object.assign(document.createElement('a'), {
          href: this.getAttribute('path')!,
          textContent: 'choose one',
        }),
        '.',
      )
      this.#kept()
      return
    }
    this.#form.querySelector<HTMLInputElement>('[name=revision]')!.value = String(saved.revision)
    this.#said.textContent = `Working copy saved, ${saved.at}.`
    this.#kept()
  }

  #kept(): void {
    this.dispatchEvent(new CustomEvent('kept', { bubbles: true }))
  }

  async #offer(field: HTMLTextAreaElement): Promise<void> {
    const sought = /\[\[([^[\]\n]{0,80})$/.exec(field.value.slice(0, field.selectionStart))
    const asked = ++this.#asked
    this.#offers.hidden = !sought
    if (!sought) return
    await new Promise((go) => setTimeout(go, 200))
    if (asked !== this.#asked) return
    const path = `${this.getAttribute('path')}/figures`
    const answer = await fetch(`${path}.json?${new URLSearchParams({ q: sought[1]! })}`)
    if (!answer.ok) return
    const found: Offered[] = await answer.json()
    if (asked !== this.#asked) return
    this.#offers.replaceChildren(
      ...found.map((one) => {
        const button = Object.assign(document.createElement('button'), {
          type: 'button',
          className: 'offers__one',
        })
        button.textContent = `${one.name}: ${one.value} (${one.of}), interval ${one.interval}, ${one.when}, snapshot ${one.snapshot}`
        button.addEventListener('click', () => void this.#cite(field, one))
        const item = document.createElement('li')
        item.append(button)
        return item
      }),
    )
    this.#offers.hidden = found.length === 0
  }

  async #cite(
    field: HTMLTextAreaElement,
    { measure, year, group, period, snapshot }: Offered,
  ): Promise<void> {
    const fields = new URLSearchParams({ measure, year, group, period, snapshot: String(snapshot) })
    const cited = await this.#send(`${this.getAttribute('path')}/figures`, fields)
    if (!cited) return
    const before = field.value.slice(0, field.selectionStart).replace(/\[\[[^[\]\n]*$/, `[${cited.line}]`)
    field.value = before + field.value.slice(field.selectionStart)
    field.setSelectionRange(before.length, before.length)
    field.focus()
    this.#offers.hidden = true
    this.#later()
  }
}

customElements.define('judgement-writer', JudgementWriter)
