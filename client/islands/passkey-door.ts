/**
 * `<passkey-door>` round a form: its button asks this device for a passkey, by the options that the server gives, and sends the answer with the
 * form. Whatever goes wrong, the form is sent too, and the page that comes says what.
 */
class PasskeyDoor extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('submit', this.#ask)
  }

  readonly #ask = async (event: Event): Promise<void> => {
    const form = event.target as HTMLFormElement
    const field = form.elements.namedItem('answer') as HTMLInputElement
    event.preventDefault()
    field.value = await this.#answer().catch((error: Error) => JSON.stringify({ failed: error.name }))
    form.submit()
  }

  async #answer(): Promise<string> {
    const { kind, options } = this.dataset
    const asked = await fetch(options!, { method: 'POST', headers: { accept: 'application/json' } })
    if (!asked.ok) throw new Error('NotAsked')
    const publicKey = await asked.json()
    const credential =
      kind === 'create'
        ? await navigator.credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey),
          })
        : await navigator.credentials.get({
            publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey),
          })
    return JSON.stringify((credential as PublicKeyCredential).toJSON())
  }
}

customElements.define('passkey-door', PasskeyDoor)
