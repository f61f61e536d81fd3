/**
 * `<paste-with-shape>` round a form with a field `pasted`: what Word or a page puts on the clipboard keeps its headings and lists,
 * beside the words that are seen. Without JavaScript the words are sent, and their headings are found by their names.
 */
class PasteWithShape extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form')
    const field = this.querySelector<HTMLTextAreaElement>('textarea[name="pasted"]')
    if (!form || !field) return
    const shaped = Object.assign(document.createElement('input'), { type: 'hidden', name: 'shaped' })
    const said = Object.assign(document.createElement('p'), { className: 'small hush' })
    said.setAttribute('role', 'status')
    field.after(said)
    form.append(shaped)
    field.addEventListener('paste', (event) => {
      const html = event.clipboardData?.getData('text/html') ?? ''
      // Into words that are there already, the shape of a part would stand for the whole.
      shaped.value = field.value === '' ? html : ''
      said.textContent = shaped.value === '' ? '' : 'Its headings and lists are kept.'
    })
    field.addEventListener('input', (event) => {
      if ((event as InputEvent).inputType === 'insertFromPaste') return
      shaped.value = ''
      said.textContent = ''
    })
  }
}

customElements.define('paste-with-shape', PasteWithShape)
