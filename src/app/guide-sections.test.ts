import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { guideSections } from './guide-sections.ts'

it('holds every page of the guide once', () => {
  const written = readdirSync(join(import.meta.dirname, '..', '..', 'docs', 'guide'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3))
  expect(guideSections.flatMap(({ pages }) => pages).toSorted()).toEqual(written.toSorted())
})
