import { type Deed, deeds, mayDo, type Role, roleNames, roles } from '../../../kernel/roles.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Fold, Mark, Page, Section, Table } from '../../../ui/index.ts'
import { nodeNames, rolePlaces } from '../domain/role-places.ts'

const all = Object.keys(deeds) as Deed[]

/** What the role lets its holder do, in one sentence a deed. */
export const MayDo = ({ role }: { role: Role }) => (
  <Fold summary={`What a ${roleNames[role].toLowerCase()} may do`}>
    <ul class="govuk-list govuk-list--bullet">
      {mayDo[role].map((deed) => (
        <li>{deeds[deed]}</li>
      ))}
    </ul>
  </Fold>
)

export const RolesPage = ({ viewer, trust }: { viewer: Viewer; trust: string }) => (
  <Page
    title="Who may see what"
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose="What each role lets its holder see and do. The software asks this same table every time, before it shows or changes anything."
    crumbs={[{ text: 'People', href: '/people' }, { text: 'Who may see what' }]}
    foot={[
      'A role is held at a place, from a day to a day, and reaches everything below that place: a headteacher’s reaches one school, a class teacher’s one class.',
      'The database holds it too: a query made for someone can’t read the rows of a school that none of their roles reaches.',
      'Looking at a pupil, taking a table away and giving or ending a role are written to the audit trail, with a name and a time.',
    ]}
  >
    <Section title="See and do" note="A tick: the role may do it, in the place where it is held.">
      <Table
        caption="What each role may see and do"
        narrow="scroll"
        dense
        columns={[{ head: 'To', width: 3 }, ...roles.map((role) => ({ head: roleNames[role] }))]}
        rows={all.map((deed) => [
          deeds[deed],
          ...roles.map((role) =>
            mayDo[role].includes(deed) ? (
              <span class="nowrap">
                <Mark kind="tick" /> yes
              </span>
            ) : (
              <span class="hush">no</span>
            ),
          ),
        ])}
      />
    </Section>
    <Section title="Where each role is held">
      <Table
        caption="Where each role is held"
        columns={[{ head: 'Role', width: 3 }, { head: 'Held at' }]}
        rows={roles.map((role) => [
          roleNames[role],
          rolePlaces[role].map((node) => nodeNames[node]).join(', or '),
        ])}
      />
    </Section>
  </Page>
)
