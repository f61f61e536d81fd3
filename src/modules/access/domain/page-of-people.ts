/** People on one page of the list. */
export const peopleOnAPage = 50

/** Those whose name, post or e-mail holds every word; people with roles first, otherwise in the order they came. */
export function pageOfPeople<
  P extends {
    readonly name: string
    readonly email: string
    readonly title: string
    readonly roles: readonly unknown[]
  },
>(people: readonly P[], words: string, asked: number) {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  const found = people
    .filter((person) => {
      const text = plain(`${person.name} ${person.title} ${person.email}`)
      return wanted.every((word) => text.includes(word))
    })
    .sort((a, b) => Number(b.roles.length > 0) - Number(a.roles.length > 0))
  const pages = Math.max(1, Math.ceil(found.length / peopleOnAPage))
  const page = Number.isSafeInteger(asked) ? Math.min(Math.max(1, asked), pages) : 1
  return { found, page, pages, people: found.slice((page - 1) * peopleOnAPage, page * peopleOnAPage) }
}

/** Without accents and in small letters, so that `zoe` finds Zoë. */
const plain = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'")
