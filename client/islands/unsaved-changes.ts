/**
 * `<unsaved-changes>` round a form: the browser asks before the page is left with words that were typed and not sent.
 * Without JavaScript it is nothing.
 */
class UnsavedChanges extends HTMLElement {
  #changed = false

  connectedCallback(): void {
    this.addEventListener('input', () => {
      this.#changed = true
    })
    this.addEventListener('submit', () => {
      this.#changed = false
    })
    this.addEventListener('kept', () => {
      this.#changed = false
    })
    window.addEventListener('beforeunload', this.#ask)
  }

  disconnectedCallback(): void {
    window.removeEventListener('beforeunload', this.#ask)
  }

  readonly #ask = (event: BeforeUnloadEvent): void => {
    if (this.#changed) event.preventDefault()
  }
}

customElements.define('unsaved-changes', UnsavedChanges)
