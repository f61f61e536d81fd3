import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { schools } from '../../organisation/index.ts'
import { threadTree } from '../domain/thread-tree.ts'
import { thread } from './thread.ts'

/** The thread of the school named, or of the whole trust, with the schools that the viewer sees. @throws NotHere */
export async function threadOf(viewer: Viewer, slug?: string) {
  const reach = schoolsWhere(viewer, 'see figures')
  const seen = (await schools(viewer)).filter((one) => includesSchool(reach, one.id))
  const school = slug === undefined ? undefined : seen.find((one) => one.slug === slug)
  if (slug !== undefined && !school) throw new NotHere('There is no such school that you can see.')
  return {
    school,
    schools: seen,
    tree: threadTree(await thread(viewer), school?.id),
    nameOf: (id: number | null): string =>
      id === null ? 'the trust' : (seen.find((one) => one.id === id)?.shortName ?? 'a school'),
  }
}
