import { describe, expect, it } from 'vitest'
import { readResult } from '../../imports/domain/read-result.ts'
import { readyScales } from './ready-scales.ts'

const scaleOf = (code: string) => {
  const scale = readyScales.find((one) => one.code === code)!
  return {
    kind: scale.kind,
    low: scale.low ?? null,
    high: scale.high ?? null,
    step: scale.step ?? null,
    expected: scale.expected ?? null,
    higher: scale.higher ?? null,
    grades: scale.grades!.map((grade) => ({
      code: grade.code,
      name: grade.name ?? grade.code,
      points: grade.points ?? null,
      status: grade.status ?? ('result' as const),
      expected: grade.expected ?? false,
      higher: grade.higher ?? false,
    })),
  }
}

describe('scales that schools share', () => {
  it.each([
    ['technical-award', 'L2M', 'L2M', 5.5, 'result', true],
    ['technical-award', 'Level 2 Distinction*', 'L2D*', 8.5, 'result', true],
    ['technical-award', 'x', 'X', null, 'not taken', null],
    ['ks1-teacher-assessment', 'PK3', 'PK3', 3, 'result', false],
    ['ks1-teacher-assessment', 'gds', 'GDS', 7, 'result', true],
    ['ks1-teacher-assessment', 'D', 'D', null, 'not taken', null],
    ['ks2-teacher-assessment', 'PK6', 'PK6', 6, 'result', false],
    ['ks2-teacher-assessment', 'EM', 'EM', null, 'below test', false],
    ['pre-key-stage', 'PK1', 'PK1', 1, 'result', false],
    ['phonics-mark', '32', null, 32, 'result', true],
    ['phonics-mark', '31', null, 31, 'result', false],
    ['phonics-mark', 'Wa', 'Wa', null, 'result', true],
    ['phonics-mark', 'A', 'A', null, 'absent', null],
    ['multiplication-score', '25', null, 25, 'result', null],
    ['multiplication-score', 'NAA', 'NAA', null, 'not taken', null],
    ['good-level', 'Y', 'Y', 1, 'result', true],
    ['a-level', 'A*', 'A*', 60, 'result', false],
    ['gcse-9-1', '7', '7', 7, 'result', true],
  ])('on %s, “%s” is %s', (scale, said, grade, value, status, expected) =>
    expect(readResult(said, scaleOf(scale))).toMatchObject({ grade, value, status, expected }),
  )

  it('have no grade twice, and order their points as their grades', () => {
    for (const { code, grades } of readyScales) {
      const codes = grades!.map((grade) => grade.code.toUpperCase())
      expect(new Set(codes).size, code).toBe(codes.length)
      const points = grades!.flatMap((grade) => grade.points ?? [])
      expect(points, code).toEqual([...points].sort((a, b) => a - b))
    }
  })
})
