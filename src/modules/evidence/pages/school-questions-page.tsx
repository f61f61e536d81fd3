import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Fold } from '../../../ui/index.ts'
import { health } from '../checks/health.ts'
import { Questions } from '../components/questions.tsx'
import { dropTitle } from '../drops/domain/drop.ts'
import { worded } from '../drops/domain/sentences.ts'
import { taskPath } from '../drops/domain/task-path.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { schoolReadiness } from '../drops/queries/readiness.ts'
import { DropPage, dropCrumbs, dropThread, settingOf } from './drop-frame.tsx'

/** Every question about one school's results, folded by kind. @throws NotHere */
export async function schoolQuestionsPage(viewer: Viewer, code: string, slug: string, done?: string) {
  const drop = await dropByCode(viewer, code)
  const { school } = await schoolReadiness(viewer, drop, slug)
  if (!may(viewer, 'see files', { school: school.id })) throw new NotHere()
  const setting = await settingOf(viewer)
  const { questions, snapshot } = await health(viewer, drop)
  const kinds = Map.groupBy(
    questions.filter((one) => one.school === school.id),
    (one) => one.title,
  )
  const path = taskPath(drop, school)
  return (
    <DropPage
      setting={setting}
      title={`What the checks ask ${school.shortName}`}
      purpose="What looks odd in the results, by kind. A question answered with a reason is not asked again."
      crumbs={dropCrumbs(drop, { text: school.shortName, href: path }, { text: 'Questions' })}
      asAt={[`${dropTitle(drop)} drop`, `Snapshot ${snapshot}`]}
      thread={dropThread(setting, drop, `${drop.name} drop, ${school.shortName}`)}
      done={done}
    >
      {kinds.size === 0 && <p>The checks looked over the results and found nothing odd.</p>}
      {[...kinds].map(([title, ones], at) => (
        <Fold summary={title} note={worded(ones.length, 'question')} open={at === 0}>
          <Questions
            drop={drop}
            questions={ones}
            viewer={viewer}
            back={`${path}/questions`}
            prefix={`kind-${at}`}
          />
        </Fold>
      ))}
    </DropPage>
  )
}
