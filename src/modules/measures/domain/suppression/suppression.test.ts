import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hiddenCells } from './hidden.ts'
import { recoverable } from './recoverable.ts'
import { type Access, type DisclosureTable, isSmall, type Relation, type TableCell } from './table.ts'

const cell = (population: number, access: Access = 'shown', n = population): TableCell => ({
  population,
  n,
  access,
})
const hiddenOf = (cells: TableCell[], relations: Relation[]) =>
  [...hiddenCells({ cells, relations })].toSorted((a, b) => a - b)

describe('what is hidden outside the school', () => {
  it('a group of 5, but not one of 6', () => {
    expect(hiddenOf([cell(5), cell(6)], [])).toEqual([0])
  })
  it('a figure that rests on the results of 5, however many are in the group', () => {
    expect(hiddenOf([cell(30, 'shown', 5)], [])).toEqual([0])
  })
  it('not that nobody is in a group', () => {
    expect(hiddenOf([cell(30), cell(30), cell(0)], [{ total: 0, parts: [1, 2] }])).toEqual([])
  })
  it('the other side of a small group, which would give it away by subtraction', () => {
    expect(hiddenOf([cell(60), cell(4), cell(56)], [{ total: 0, parts: [1, 2] }])).toEqual([1, 2])
  })
  it('a large group whose complement is small, though the complement is on no page', () => {
    expect(hiddenOf([cell(60), cell(57), cell(3, 'unpublished')], [{ total: 0, parts: [1, 2] }])).toEqual([1])
  })
  it('nothing more, when the complement is large and on no page', () => {
    expect(hiddenOf([cell(60), cell(4), cell(56, 'unpublished')], [{ total: 0, parts: [1, 2] }])).toEqual([1])
  })
  it('a third part, when two hidden ones together are still fewer than 6', () => {
    expect(
      hiddenOf([cell(60), cell(2), cell(3), cell(20), cell(35)], [{ total: 0, parts: [1, 2, 3, 4] }]),
    ).toEqual([1, 2, 3])
  })
  it('a second school, when the trust’s figure less the others’ would give the first away', () => {
    // trust, three schools
    expect(hiddenOf([cell(44), cell(4), cell(12), cell(28)], [{ total: 0, parts: [1, 2, 3] }])).toEqual([
      1, 2,
    ])
  })
  it('the trust’s figure from a headteacher who could subtract their own from it', () => {
    expect(hiddenOf([cell(16), cell(12, 'known'), cell(4, 'denied')], [{ total: 0, parts: [1, 2] }])).toEqual(
      [0],
    )
    expect(
      hiddenOf(
        [cell(40), cell(12, 'known'), cell(4, 'denied'), cell(24, 'denied')],
        [{ total: 0, parts: [1, 2, 3] }],
      ),
    ).toEqual([])
  })
  it('nothing of a school whose small groups the viewer may see', () => {
    expect(
      hiddenOf([cell(60, 'known'), cell(4, 'known'), cell(56, 'known')], [{ total: 0, parts: [1, 2] }]),
    ).toEqual([])
  })
  it('a cell that could be worked out only through several sums at once', () => {
    // A bridge between two rings of hidden cells: each sum misses two, yet the bridge is their difference.
    const relations = [
      { total: 10, parts: [0, 1] },
      { total: 11, parts: [1, 2] },
      { total: 12, parts: [2, 0, 3] },
      { total: 13, parts: [3, 4, 6] },
      { total: 14, parts: [4, 5] },
      { total: 15, parts: [5, 6] },
    ]
    const known = recoverable(relations, (one) => one < 7)
    expect(known.has(3)).toBe(false)
    expect(
      recoverable(
        [
          { total: 10, parts: [0, 1] },
          { total: 11, parts: [1, 2] },
          { total: 12, parts: [0, 2] },
        ],
        (one) => one < 3,
      )
        .keys()
        .toArray()
        .toSorted(),
    ).toEqual([0, 1, 2])
  })
})

/** Schools by years by groups, with a trust over them: as many sums as the product really has. */
const tables = fc
  .record({
    schools: fc.integer({ min: 1, max: 4 }),
    years: fc.integer({ min: 1, max: 3 }),
    sight: fc.constantFrom('outside', 'one school', 'governor'),
    sizes: fc.array(fc.constantFrom(0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 14, 30), {
      minLength: 200,
      maxLength: 200,
    }),
    missing: fc.array(fc.nat(3), { minLength: 200, maxLength: 200 }),
  })
  .map(({ schools, years, sight, sizes, missing }): DisclosureTable => {
    const cells: TableCell[] = []
    const relations: Relation[] = []
    const groups = ['girls', 'boys', 'unknown', 'fsm', 'not fsm']
    let next = 0
    const add = (counted: { population: number; n: number }, access: Access) =>
      cells.push({ ...counted, access }) - 1
    const accessOf = (school: number): Access =>
      sight === 'outside' ? 'shown' : school > 0 ? 'denied' : sight === 'governor' ? 'shown' : 'known'
    const sum = (parts: number[]) =>
      parts.reduce(
        (total, part) => ({
          population: total.population + cells[part]!.population,
          n: total.n + cells[part]!.n,
        }),
        { population: 0, n: 0 },
      )
    const named = new Map<string, number>()
    const name = (...parts: (string | number)[]) => parts.join(' ')
    for (let school = 0; school < schools; school++)
      for (let year = 0; year < years; year++) {
        const access = accessOf(school)
        const draw = () => {
          const population = sizes[next % 200]!
          const n = Math.max(0, population - missing[next++ % 200]!)
          return { population, n }
        }
        const [girls, boys, unknown] = [draw(), draw(), draw()]
        const whole = {
          population: girls.population + boys.population + unknown.population,
          n: girls.n + boys.n + unknown.n,
        }
        const fsm = {
          population: Math.floor(whole.population / 3),
          n: Math.min(Math.floor(whole.population / 3), Math.floor(whole.n / 3)),
        }
        const notFsm = { population: whole.population - fsm.population, n: whole.n - fsm.n }
        const rest: Access = access === 'known' ? 'known' : 'unpublished'
        const each = [girls, boys, unknown, fsm, notFsm]
        groups.forEach((group, index) => {
          named.set(
            name(school, year, group),
            add(each[index]!, group === 'unknown' || group === 'not fsm' ? rest : access),
          )
        })
        named.set(name(school, year, 'all'), add(whole, access))
      }
    for (let school = 0; school < schools; school++)
      for (const group of [...groups, 'all']) {
        const parts = Array.from({ length: years }, (_, year) => named.get(name(school, year, group))!)
        const total = add(sum(parts), cells[parts[0]!]!.access)
        named.set(name(school, 'every', group), total)
        relations.push({ total, parts })
      }
    for (const year of [...Array(years).keys(), 'every'])
      for (const group of [...groups, 'all']) {
        const parts = Array.from({ length: schools }, (_, school) => named.get(name(school, year, group))!)
        const hidden = group === 'unknown' || group === 'not fsm'
        const total = add(sum(parts), hidden ? 'unpublished' : 'shown')
        named.set(name('trust', year, group), total)
        relations.push({ total, parts })
      }
    for (const place of [...Array(schools).keys(), 'trust'])
      for (const year of [...Array(years).keys(), 'every']) {
        const of = (group: string) => named.get(name(place, year, group))!
        relations.push({ total: of('all'), parts: [of('girls'), of('boys'), of('unknown')] })
        relations.push({ total: of('all'), parts: [of('fsm'), of('not fsm')] })
      }
    return { cells, relations }
  })

/** Columns that the equations fix: dense fractions, by a method that shares nothing with the product's. */
function fixedColumns(matrix: readonly (readonly number[])[]): Set<number> {
  const rows = matrix.map((row) => row.map((top) => ({ top: BigInt(top), bottom: 1n })))
  const common = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : common(b, a % b))
  const fraction = (top: bigint, bottom: bigint) => {
    const shared = common(top, bottom) || 1n
    return { top: top / shared, bottom: bottom / shared }
  }
  const width = rows[0]?.length ?? 0
  let done = 0
  for (let column = 0; column < width && done < rows.length; column++) {
    const pivot = rows.findIndex((row, index) => index >= done && row[column]!.top !== 0n)
    if (pivot === -1) continue
    ;[rows[done], rows[pivot]] = [rows[pivot]!, rows[done]!]
    const by = rows[done]![column]!
    rows[done] = rows[done]!.map(({ top, bottom }) => fraction(top * by.bottom, bottom * by.top))
    rows.forEach((row, index) => {
      const times = row[column]!
      if (index === done || times.top === 0n) return
      rows[done]!.forEach((value, at) => {
        if (value.top === 0n) return
        const old = row[at]!
        const less = { top: value.top * times.top, bottom: value.bottom * times.bottom }
        row[at] = fraction(old.top * less.bottom - less.top * old.bottom, old.bottom * less.bottom)
      })
    })
    done++
  }
  return new Set(
    rows
      .map((row) => row.flatMap((value, column) => (value.top === 0n ? [] : [column])))
      .filter((columns) => columns.length === 1)
      .map(([column]) => column!),
  )
}

/** What follows from the known cells and the sums, when the cells that `isSecret` says are not known. */
function spanOf(
  cells: readonly TableCell[],
  relations: readonly Relation[],
  isSecret: (cell: number) => boolean,
) {
  const unknown = [...cells.keys()].filter(
    (one) => cells[one]!.population > 0 && cells[one]!.access !== 'known' && isSecret(one),
  )
  const column = new Map(unknown.map((one, index) => [one, index]))
  const matrix = relations
    .map(({ total, parts }) => {
      const row = new Array<number>(unknown.length).fill(0)
      if (column.has(total)) row[column.get(total)!]! -= 1
      for (const part of parts) if (column.has(part)) row[column.get(part)!]! += 1
      return row
    })
    .filter((row) => row.some((value) => value !== 0))
  const fixed = fixedColumns(matrix)
  return { gives: (cell: number) => fixed.has(column.get(cell)!) }
}

describe('whatever the schools, years and groups', () => {
  it('no small group is shown, and none that is hidden can be worked out from what is shown', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(tables, ({ cells, relations }) => {
        const hidden = hiddenCells({ cells, relations })
        const secret = spanOf(cells, relations, (one) => hidden.has(one) || cells[one]!.access !== 'shown')
        const before = spanOf(cells, relations, () => true)
        cells.forEach((one, index) => {
          if (hidden.has(index)) expect(one.access).toBe('shown')
          if (one.population === 0 || one.access === 'known' || before.gives(index)) return
          if (one.access === 'shown' && isSmall(one))
            expect(hidden.has(index), `small cell ${index}`).toBe(true)
          if (!hidden.has(index) && (one.access === 'shown' || !isSmall(one))) return
          expect(secret.gives(index), `cell ${index}`).toBe(false)
        })
      }),
      { numRuns: 150 },
    )
  })
  it('hides nothing where every group is large', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 6, max: 90 }), { minLength: 2, maxLength: 8 }), (sizes) => {
        const cells = [...sizes.map((size) => cell(size)), cell(sizes.reduce((a, b) => a + b))]
        expect(hiddenOf(cells, [{ total: sizes.length, parts: [...sizes.keys()] }])).toEqual([])
      }),
    )
  })
})
