import { expect, it } from 'vitest'
import { catalogue } from '../../measures/index.ts'
import { groupBySlug } from '../../organisation/index.ts'
import { commonTemplates } from './common-templates.ts'
import { actionsFrom, objectiveTemplate } from './objective-template.ts'

it.each(commonTemplates.map((one) => [one.code, one] as const))(
  'the template %s aims at figures that its schools have, and goes from explore to sustain',
  (_, { code, phases, ...template }) => {
    expect(code).toMatch(/^[a-z0-9-]+$/)
    expect(objectiveTemplate.parse(template)).toEqual(template)
    expect(template.measures.length).toBeGreaterThan(0)
    expect(template.ingredients.length).toBeGreaterThan(2)
    expect(template.actions.length).toBeGreaterThan(4)
    for (const { measure, group } of template.measures) {
      const known = catalogue.find((one) => one.id === measure)
      expect([measure, known?.phases.some((phase) => (phases as readonly string[]).includes(phase))]).toEqual(
        [measure, true],
      )
      expect([group, groupBySlug(group) !== undefined]).toEqual([group, true])
    }
    for (const { title, starts, due } of actionsFrom(template, '2026-09-01'))
      expect([title, starts >= '2026-09-01' && due > starts && due < '2027-07-20']).toEqual([title, true])
  },
)

it('no two templates have one code', () => {
  expect(new Set(commonTemplates.map((one) => one.code)).size).toBe(commonTemplates.length)
})
