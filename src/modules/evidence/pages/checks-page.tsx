import type { Viewer } from '../../../platform/viewer.ts'
import { Fold, type Problem, Section, Table } from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { checks } from '../checks/catalogue.ts'
import { health } from '../checks/health.ts'
import { recordChecks } from '../checks/pupil-record.ts'
import { Questions } from '../components/questions.tsx'
import { dropTitle } from '../drops/domain/drop.ts'
import { capital, worded } from '../drops/domain/sentences.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { DropPage, dropCrumbs, dropThread, settingOf } from './drop-frame.tsx'
import { atFirst } from './school-page.tsx'

/** Every question of a drop, school by school: those with most to answer first. @throws NotHere */
export async function checksPage(viewer: Viewer, code: string, problems: readonly Problem[] = []) {
  const setting = await settingOf(viewer)
  const drop = await dropByCode(viewer, code)
  const { questions, before, snapshot } = await health(viewer, drop)
  const all = await schools(viewer)
  const names = new Map(all.map((school) => [school.id, school.shortName]))
  const slugs = new Map(all.map((school) => [school.id, school.slug]))
  const bySchool = [...Map.groupBy(questions, (one) => one.school)].sort(
    ([, a], [, b]) => b.filter((one) => !one.answer).length - a.filter((one) => !one.answer).length,
  )
  return (
    <DropPage
      setting={setting}
      title="What the checks ask"
      purpose="What is odd in the drop’s results, as questions. A question answered with a reason is not asked again."
      crumbs={dropCrumbs(drop, { text: 'Checks' })}
      asAt={[
        `Snapshot ${snapshot}`,
        ...(before ? [`Compared with ${dropTitle(before)}`] : ['No earlier drop to compare with']),
      ]}
      thread={dropThread(setting, drop)}
      problems={problems}
    >
      {bySchool.length === 0 && <p>Nothing odd was found in what is published so far.</p>}
      {bySchool.map(([school, ones]) => (
        <Section
          title={school === null ? 'Across the trust' : (names.get(school) ?? 'A school')}
          note={`${capital(worded(ones.filter((one) => !one.answer).length, 'question'))} without an answer, of ${ones.length}.`}
        >
          <Questions
            drop={drop}
            questions={school === null ? ones : ones.slice(0, atFirst)}
            viewer={viewer}
            back={`/drops/${code}/checks`}
          />
          {school !== null && ones.length > atFirst && slugs.has(school) && (
            <p>
              <a href={`/drops/${code}/schools/${slugs.get(school)}/questions`}>
                All {ones.length} questions of {names.get(school)}
              </a>
            </p>
          )}
        </Section>
      ))}
      <Fold summary="What the checks look for" note={`${checks.length + recordChecks.length} checks`}>
        <Table
          caption="Every check"
          columns={[{ head: 'Check', width: 3 }, { head: 'What it looks for' }]}
          rows={[...checks, ...recordChecks].map((check) => [check.title, check.looksFor])}
        />
      </Fold>
    </DropPage>
  )
}
