import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Class, classesOf, type School } from '../../organisation/index.ts'
import type { PlaceAsked } from '../domain/ask.ts'
import type { Measure } from '../domain/measure.ts'
import { classSlug, placeName, placeParts } from '../domain/place-name.ts'
import type { Scene } from './scene.ts'

/** A place that figures are of, with its name in addresses. */
export type Place =
  | { readonly kind: 'trust'; readonly slug: string; readonly name: string }
  | { readonly kind: 'school'; readonly slug: string; readonly name: string; readonly school: School }
  | {
      readonly kind: 'class'
      readonly slug: string
      readonly name: string
      readonly school: School
      readonly class: Class
    }

const schoolPlace = (school: School): Place => ({
  kind: 'school',
  slug: school.slug,
  name: school.name,
  school,
})

const classPlace = (school: School, of: Class): Place => ({
  kind: 'class',
  slug: placeName(school.slug, of.name),
  name: `${of.name}, ${school.name}`,
  school,
  class: of,
})

const withinClass = (of: Class) => ({
  school: of.school,
  class: of.id,
  ...(of.department ? { department: of.department } : {}),
})

/** May the viewer see figures of this class? A class teacher of their own, a subject leader of their department's. */
export const seesClass = (viewer: Viewer, of: Class): boolean => may(viewer, 'see figures', withinClass(of))

/** May they see small groups, and pupils, there? */
export const mayInPlace = (
  viewer: Viewer,
  deed: 'see small groups' | 'see pupils',
  place: Place,
): boolean => {
  if (place.kind === 'trust') return may(viewer, deed)
  if (place.kind === 'school') return may(viewer, deed, { school: place.school.id })
  return may(viewer, deed, withinClass(place.class))
}

const seenSchool = (scene: Scene, test: (school: School) => boolean): School => {
  const school = scene.seen.find(test)
  if (!school) throw new NotHere()
  return school
}

/** The places asked for; `schools` opens into those the viewer sees whose phase the measure is about. @throws NotHere */
export async function placesAsked(
  viewer: Viewer,
  scene: Scene,
  asked: PlaceAsked,
  measure: Measure,
): Promise<Place[]> {
  if (asked === 'trust') return [{ kind: 'trust', slug: scene.trust.slug, name: scene.trust.name }]
  if (asked === 'schools')
    return scene.seen.filter((school) => measure.phases.includes(school.phase)).map(schoolPlace)
  const school = seenSchool(scene, (one) => one.id === asked.school)
  if (!('class' in asked)) return [schoolPlace(school)]
  const classes = await keptUntilWritten(viewer, `classes of ${school.id}`, () =>
    classesOf(viewer, school.id),
  )
  const of = classes.find((one) => one.id === asked.class)
  if (!of || !seesClass(viewer, of)) throw new NotHere()
  return [classPlace(school, of)]
}

/** The place that an address names, as it was in an academic year. @throws NotHere */
export async function placeNamed(
  viewer: Viewer,
  scene: Scene,
  slug: string,
  academicYear: number,
): Promise<Place> {
  const { school: schoolSlug, class: name } = placeParts(slug)
  if (slug === scene.trust.slug) return { kind: 'trust', slug, name: scene.trust.name }
  const school = seenSchool(scene, (one) => one.slug === schoolSlug)
  if (name === undefined) return schoolPlace(school)
  const of = (await classesOf(viewer, school.id, academicYear)).find((one) => classSlug(one.name) === name)
  if (!of || !seesClass(viewer, of)) throw new NotHere()
  return classPlace(school, of)
}
