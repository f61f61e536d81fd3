import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../test/world.ts'
import { NotHere, Refusal } from '../../../../kernel/refusal.ts'
import { publishRows } from '../../../evidence/example.ts'
import { dropByCode } from '../../../evidence/index.ts'
import { answerDoubt } from '../../commands/answer-doubt.ts'
import { normalDice } from '../../domain/scan/made-up.ts'
import { scanNow } from '../../scan/scan-work.ts'
import { settingOf } from '../setting.ts'
import { QuestionsPageView } from './page.tsx'
import { questionsPage } from './query.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World

/** Two classes of twenty-five in reading; in one of Saltmarsh everyone has the same score. */
async function publish(school: number, classes: readonly number[], same?: number): Promise<void> {
  const normal = normalDice(school)
  const roll = classes.flatMap((form, at) =>
    Array.from({ length: 25 }, (_, place) => ({
      pupil: 10_000 * school + 100 * at + place,
      year: '6',
      class: form,
    })),
  )
  await publishRows(
    world.founder,
    world.drop,
    school,
    roll,
    roll.map(({ pupil, class: form }) => ({
      pupil,
      assessment: 'reading-scaled',
      value: form === same ? 104 : Math.round(103 + 7 * normal()),
    })),
  )
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  const { '6C': sixC, '6A': sixA, '6B': sixB, '4C': fourC } = world.classes
  await publish(world.schools.saltmarsh, [sixC, fourC], sixC)
  await publish(world.schools.gullRock, [sixA, sixB])
  const amara = world.people.amara!()
  await scanNow(amara, await dropByCode(amara, world.drop), (await settingOf(amara)).latest)
})
afterAll(() => house?.close())

const questions = async (name: string) =>
  (await questionsPage(world.people[name]!(), { drop: world.drop })).questions

describe('questions about the data', () => {
  it('ask about a class whose marks are all the same, with a picture and what would explain it', async () => {
    const [one, ...others] = await questions('amara')
    expect(others).toEqual([])
    expect(one!.question).toMatch(
      /^All 25 pupils with a result in class 6C at Saltmarsh have 104 in reading, scaled score; .* Was one mark filled down the column\?$/,
    )
    expect(one!.bars.find(({ here }) => here)).toMatchObject({ label: '104', value: 25 })
    const page = await questionsPage(world.people.amara!(), { drop: world.drop })
    const html = String(await QuestionsPageView({ page, viewer: world.people.amara!() }))
    expect(html).toContain('What would explain it')
    expect(html).toContain('first drop of its academic year')
  })

  it('are not for those who see no small groups, nor for another school’s people, nor for a stranger', async () => {
    expect(await questions('helen')).toEqual([])
    expect(await questions('neil')).toEqual([])
    await expect(questionsPage(world.stranger, { drop: world.drop })).rejects.toThrow(NotHere)
  })

  it('are answered with a reason by those who know, and by nobody else', async () => {
    const [one] = await questions('amara')
    const answer = {
      drop: world.drop,
      key: one!.key,
      kind: 'explained',
      reason: 'The class was away; the mark stands for “not yet sat”.',
    }
    await expect(answerDoubt(world.people.dan!(), { ...answer, reason: ' ' })).rejects.toThrow(
      /what explains it/,
    )
    await expect(answerDoubt(world.people.dan!(), { ...answer, kind: 'denied' })).rejects.toThrow(Refusal)
    await expect(answerDoubt(world.people.dan!(), { ...answer, key: 'none' })).rejects.toThrow(NotHere)
    await expect(answerDoubt(world.people.neil!(), answer)).rejects.toThrow(NotHere)
    await expect(answerDoubt(world.stranger, answer)).rejects.toThrow(NotHere)
    await answerDoubt(world.people.dan!(), answer)
    const [answered] = await questions('amara')
    expect(answered!.answer).toMatchObject({ kind: 'explained', reason: answer.reason, by: 'Dan Fry' })
  })
})
