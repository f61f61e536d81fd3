import { describe, expect, test } from 'vitest'
import { entries, Gallery } from './gallery.tsx'

const ids = (html: string): string[] => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? '')

describe('every part of the interface, with data at its edges', () => {
  test.each(entries.map((entry) => [entry.name, entry] as const))('%s', (_, { draw }) => {
    const html = String(draw())
    expect(html.length).toBeGreaterThan(60)
    expect(html, 'words of ours only, no slip of the pen').not.toMatch(/undefined|NaN|Infinity|\[object/)
    expect(html, 'a style attribute would be refused by the browser').not.toMatch(/ style=/)
    expect(html, 'a script in a name stays words').not.toMatch(/<script|<style| on[a-z]+=/)
    for (const [, tag] of html.matchAll(/<svg([^>]*)>/g))
      expect(tag, 'a chart is hidden from screen readers or named in a sentence').toMatch(
        /aria-hidden="true"|aria-label="/,
      )
  })

  test('no two parts have the same id', () => {
    const all = ids(String(<Gallery />))
    expect(all.filter((id, at) => all.indexOf(id) !== at)).toEqual([])
  })

  test('labels, descriptions and shared shapes point at something on the page', () => {
    const html = String(<Gallery />)
    const known = new Set(ids(html))
    const pointed = [...html.matchAll(/ (?:for|aria-describedby|aria-labelledby|aria-controls)="([^"]*)"/g)]
      .flatMap(([, to]) => (to ?? '').split(' '))
      .concat([...html.matchAll(/<use href="#([^"]*)"/g)].map(([, to]) => to ?? ''))
    expect(pointed.length).toBeGreaterThan(20)
    expect(pointed.filter((to) => !known.has(to))).toEqual([])
  })
})
