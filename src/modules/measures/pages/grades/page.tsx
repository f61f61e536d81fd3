import { decimal, whole } from '../../../../kernel/numbers.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Empty, Page, Section, Table } from '../../../../ui/index.ts'
import { gridGrades, transitionSource } from '../../benchmarks/transitions.ts'
import { curveOf, type GridRow, totalOf } from '../../domain/grade-grid.ts'
import { methodPath } from '../methods.ts'
import { asAtWords } from '../words.ts'
import { GradeCurve } from './curve.tsx'
import type { GradesPage } from './query.ts'

const heads = gridGrades.map((grade) => ({ head: grade, num: true }))

/** Grades of a subject: how many have each, the cumulative curve, and the grid from key stage 2. */
export const GradesPageView = ({ page, viewer }: { page: GradesPage; viewer: Viewer }) => {
  const { setting, school, subject, grid, national, year } = page
  const here = `/schools/${school.slug}/subjects/${subject.code}`
  const counts = totalOf(grid)
  const n = counts.reduce((sum, one) => sum + one, 0)
  const curve = curveOf(counts)
  const england = national && curveOf(totalOf(national))
  const without = grid.find(({ band }) => band === 'none')?.n ?? 0
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title={`Grades in ${subject.name.toLowerCase()} at ${school.shortName}`}
      purpose="How many pupils are at each grade, how many at it or above, and how current grades follow from key stage 2."
      crumbs={[
        { text: setting.trust.name, href: '/trust' },
        { text: school.shortName, href: `/schools/${school.slug}` },
        { text: subject.name, href: here },
        { text: 'Grades' },
      ]}
      asAt={asAtWords(setting)}
      foot={[
        `England: ${transitionSource}. Grades of examinations, where ours at a termly drop are what the school gives now.`,
      ]}
    >
      {n === 0 ? (
        <Empty title="No grades yet">
          {school.shortName} has no grades from 9 to 1 in {subject.name.toLowerCase()} at this drop.
        </Empty>
      ) : (
        <>
          {page.years.length > 1 && (
            <p>
              {page.years.map((one, at) => (
                <>
                  {at > 0 && ' · '}
                  {one === year ? (
                    <b>{yearGroupName(one)}</b>
                  ) : (
                    <a href={`${here}/grades?drop=${setting.drop?.code ?? ''}&year=${one}`}>
                      {yearGroupName(one)}
                    </a>
                  )}
                </>
              ))}
            </p>
          )}
          <Section
            title={`Share at each grade, ${yearGroupName(year)}`}
            note={`${whole(n)} pupils with a grade.`}
            aside={<a href={methodPath('grades-and-transitions')}>How it is worked out</a>}
          >
            <GradeCurve curve={curve} england={england} />
            <Table
              caption={`Grades in ${subject.name}`}
              columns={[{ head: '' }, ...heads]}
              rows={[
                ['Pupils', ...counts.map(whole)],
                ['At the grade, %', ...curve.map(({ share }) => decimal(share, 0))],
                ['At it or above, %', ...curve.map(({ orAbove }) => decimal(orAbove, 0))],
                ...(england
                  ? [['England, at it or above, %', ...england.map(({ orAbove }) => decimal(orAbove, 0))]]
                  : []),
              ]}
            />
          </Section>
          <Section
            title="From key stage 2 to the grade now"
            note="Each row is a band of the mean of reading and mathematics at the end of Year 6."
          >
            {without > 0 && (
              <p>
                <b>
                  {whole(without)} of {whole(n)} pupils ({decimal((100 * without) / n, 0)}%) have no key stage
                  2 score.
                </b>{' '}
                They stand in a row of their own, and no band speaks for them.
                {without * 2 > n &&
                  without < n &&
                  ' With more than half missing, the other rows describe too few to judge the subject by.'}
              </p>
            )}
            <Table
              caption="Pupils by key stage 2 band and grade; below each, England in percent"
              columns={[{ head: 'Key stage 2' }, { head: 'Pupils', num: true }, ...heads]}
              rows={grid
                .filter((row) => row.n > 0)
                .flatMap((row) =>
                  gridRows(
                    row,
                    national?.find(({ band }) => band === row.band),
                  ),
                )}
            />
          </Section>
        </>
      )}
    </Page>
  )
}

const gridRows = (row: GridRow, national: GridRow | undefined) => [
  [row.name, whole(row.n), ...row.counts.map((many) => (many ? whole(many) : ''))],
  ...(national?.n
    ? [
        [
          <span class="small">England, %</span>,
          '',
          ...national.counts.map((many) => (
            <span class="small">{decimal((100 * many) / national.n, 0)}</span>
          )),
        ],
      ]
    : []),
]
