import { upnCheckLetter } from '../../../../../kernel/upn.ts'
import { makeZip } from '../../../test/make-zip.ts'

const upn = (twelve: string) => upnCheckLetter(twelve) + twelve

type Person = readonly [
  id: string,
  role: string,
  given: string,
  family: string,
  identifier: string,
  email: string,
  grade: string,
]

const ines: readonly Person[] = [
  ['p1', 'student', 'Ines', 'Moreau', upn('999200121901'), '', '05'],
  ['p2', 'student', 'Callum', 'Oates', upn('999200121902'), '', '05'],
  ['s1', 'teacher', 'Joan', 'Liddell', '', 'joan.liddell@tidewell.example', ''],
]
const dafydd: readonly Person[] = [
  ['p1', 'student', 'Dafydd', 'Rees', upn('999200221903'), '', '05'],
  ['p2', 'student', 'Noor', 'Aziz', upn('999200221904'), '', '05'],
  ['s1', 'teacher', 'Miriam', 'Katz', '', 'miriam.katz@tidewell.example', ''],
]

/** The files of a good package of each version, of Saltmarsh (1.1) and Gull Rock (1.2), each with two new pupils, a teacher, a form and a class, and three results. */
export function packageOf(version: '1.1' | '1.2'): Record<string, string> {
  const newer = version === '1.2'
  const blank = ',,'
  const kinds = [
    'orgs',
    'users',
    'classes',
    'courses',
    'enrollments',
    'academicSessions',
    'demographics',
    'lineItems',
    'results',
  ]
  const person = ([id, role, given, family, identifier, email, grade]: Person) =>
    newer
      ? `${id}${blank},true,${id},,${given},${family},,${identifier},${email},,,,${grade},,,,,,o1,`
      : `${id}${blank},true,o1,${role},${id},,${given},${family},,${identifier},${email},,,,${grade},`
  return {
    'manifest.csv': [
      'propertyName,value',
      'manifest.version,1.0',
      `oneroster.version,${version}`,
      ...[...kinds, ...(newer ? ['roles'] : [])].map((name) => `file.${name},bulk`),
      'file.categories,absent',
      'source.systemName,Harbour MIS',
      'source.systemCode,HM',
    ].join('\r\n'),
    'orgs.csv': `sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\r\no0${blank},Tidewell,district,,\r\no1${blank},${newer ? 'Gull Rock,school,199002' : 'Saltmarsh,school,199001'},o0\r\n`,
    'academicSessions.csv': `sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\r\nt1${blank},2025/26,schoolYear,2025-09-01,2026-07-21,,2026\r\n`,
    'courses.csv': `sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\r\nc1${blank},t1,Mathematics,MA,05,o1,Mathematics,\r\n`,
    'classes.csv': `sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\r\nk1${blank},5K,05,,5K,homeroom,,o1,t1,,,\r\nk2${blank},5/Ma1,05,c1,5Ma1,scheduled,,o1,t1,,,\r\n`,
    'users.csv': [
      newer
        ? 'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns'
        : 'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
      ...(newer ? dafydd : ines).map(person),
    ].join('\r\n'),
    ...(newer
      ? {
          'roles.csv': `sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\r\nr1${blank},p1,primary,student,,,o1,\r\nr2${blank},p2,primary,student,,,o1,\r\nr3${blank},s1,primary,teacher,,,o1,\r\n`,
        }
      : {}),
    'enrollments.csv': `sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\r\n${[
      'k1,o1,p1,student',
      'k1,o1,p2,student',
      'k2,o1,p1,student',
      'k2,o1,s1,teacher',
    ]
      .map((line, at) => `e${at}${blank},${line},,,`)
      .join('\r\n')}\r\n`,
    'demographics.csv': `sourcedId,status,dateLastModified,birthDate,sex\r\np1${blank},2016-02-11,female\r\np2${blank},2015-11-30,male\r\n`,
    'lineItems.csv': `sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,categorySourcedId,academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId\r\ni1${blank},Maths scaled score,,2026-03-02,2026-03-06,k2,,t1,80,120,o1\r\n`,
    'results.csv': `sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment\r\nx1${blank},i1,p1,fully graded,104,2026-03-06,\r\nx2${blank},i1,p2,exempt,,2026-03-06,\r\n`,
  }
}

export const zipOf = (files: Readonly<Record<string, string>>): Buffer => makeZip(Object.entries(files))
