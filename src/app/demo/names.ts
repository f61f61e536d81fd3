import type { Dice } from './dice.ts'

const words = (text: string) => text.trim().split(/\s+/)

const british = {
  F: words(`Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Willow Rosie Sophia Isabella Grace Daisy Sienna Poppy Elsie Emily Ella
    Evelyn Phoebe Evie Charlotte Harper Millie Matilda Maya Sofia Alice Emma Ruby Imogen Maisie Bonnie Eliza Esme Orla Erin Hallie
    Jessica Lottie Molly Nancy Robyn Summer Thea Violet Amber Chloe Holly Lucy Martha Niamh Tilly Zoe Bethan Carys Megan Keira`),
  M: words(`Noah Oliver George Arthur Muhammad Leo Harry Oscar Archie Jack Henry Charlie Freddie Theodore Alfie Theo Finley Arlo Luca
    Thomas Jacob Reggie Tommy Louie Roman Albie Jude Rory Toby Lucas Isaac Logan Joshua Edward Max Harrison Elijah Sebastian Daniel
    Mason Reuben Frankie Ralph Jenson Bobby Ezra Callum Dylan Ewan Kieran Liam Owen Rhys Ryan Connor Jamie Kai Luke Nathan Sam`),
  S: words(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood
    Jackson Clarke Harris Lewis Turner Hill Cooper Ward Morris Moore Clark Baker Harrison King Morgan Allen James Scott Phillips
    Watson Davis Parker Bennett Price Griffiths Young Cook Carter Richardson Bailey Collins Bell Shaw Murphy Miller Cox Marshall
    Simpson Anderson Ellis Adams Foster Chapman Mills Barker Holmes Pearce Rowe Treloar Penrose Nance Hocking Angove Kitto Fisher
    Harvey Lowe Reeve Sutton Tanner Crane Poole Dunn Frost Nolan Doyle Keogh Walsh Gallagher Byrne Barnes Stone Grant Pike Holt`),
}
const southAsian = {
  F: words(
    `Ayesha Fatima Zainab Maryam Aisha Hafsa Khadija Amna Sumaiya Iqra Zara Safa Inaya Noor Hira Laiba Sana Anaya Mahnoor Aleena`,
  ),
  M: words(
    `Muhammad Yusuf Ibrahim Hamza Ali Omar Bilal Hassan Zayd Musa Adam Haroon Ismail Idris Rayyan Zakariya Faisal Imran Umar Danyal`,
  ),
  S: words(
    `Khan Ahmed Hussain Begum Ali Malik Akhtar Mahmood Iqbal Shah Rahman Miah Uddin Islam Chowdhury Hassan Mirza Qureshi Bashir Aziz`,
  ),
}
const indian = {
  F: words('Anika Diya Aanya Riya Saanvi Priya Isha Meera Kavya Jasleen Simran Gurleen Nisha Tara Aarohi'),
  M: words('Aarav Arjun Vihaan Rohan Dev Krish Kiran Harjit Jaspreet Gurveer Nikhil Ishaan Rahul Veer Karan'),
  S: words(
    'Patel Singh Kaur Sharma Shah Desai Nair Mehta Gill Dhillon Sandhu Joshi Rao Thomas Varghese Bhatt',
  ),
}
const african = {
  F: words(
    'Adaeze Chidinma Temi Folake Amara Zainab Abena Ama Efua Esi Hodan Ifrah Sagal Blessing Divine Grace Naomi Esther Ngozi Oluchi',
  ),
  M: words(
    'Chidi Emeka Tobi Femi Kofi Kwame Kwaku Yaw Abdi Mahad Liban Samuel Daniel David Emmanuel Joel Tunde Obinna Segun Kwabena',
  ),
  S: words(
    'Okafor Adeyemi Okonkwo Balogun Mensah Boateng Osei Owusu Asante Appiah Abdi Mohamed Hassan Warsame Eze Nwosu Adebayo Addo Tetteh Kamara',
  ),
}
const caribbean = {
  F: words('Aaliyah Kayla Tianna Shanice Renee Jada Amara Naomi Imani Zaria Tia Nevaeh Kiara Alana'),
  M: words('Jamal Tyrell Jaden Malachi Kymani Tyrese Marcus Nathan Josiah Dante Kieron Jerome Elijah Micah'),
  S: words(
    'Campbell Brown Williams Grant Lewis Thompson Francis Morgan Henry Gordon Reid Clarke Baptiste Joseph Charles Simmons',
  ),
}
const eastern = {
  F: words(
    'Maja Zofia Julia Oliwia Lena Alicja Hanna Amelia Nadia Anastasia Daria Ioana Elena Sofia Victoria Karolina',
  ),
  M: words(
    'Jakub Kacper Filip Antoni Szymon Bartek Oskar Adrian Andrei Matei David Lukas Viktor Artem Nikolai Dominik',
  ),
  S: words(
    'Kowalski Nowak Wojcik Kaminski Lewandowski Zielinski Popescu Ionescu Popa Petrov Ivanov Kovacs Horvath Jankowski Mazur Danko',
  ),
}
const turkishArab = {
  F: words('Elif Zeynep Defne Leyla Sara Layla Yasmin Nour Rania Salma Dina Hana Aylin Ceren'),
  M: words('Emir Kerem Yusuf Mehmet Ahmad Karim Tariq Sami Amir Ziad Deniz Baran Hadi Rami'),
  S: words('Yilmaz Demir Kaya Celik Aydin Haddad Mansour Nasser Saleh Karimi Ahmadi Rahimi Hosseini Khalil'),
}
const chinese = {
  F: words('Mia Chloe Emily Yan Lily Jasmine Mei Alice'),
  M: words('Ethan Jason Leo Ryan Wei Lucas Kai Andrew'),
  S: words('Chen Wang Li Zhang Liu Wong Chan Lam Cheung Ng'),
}
const iberian = {
  F: words('Beatriz Inês Leonor Carolina Lucía Martina Sofía Mariana Zoë Renée'),
  M: words('João Tiago Rafael Mateus Hugo Pablo Martín Diogo André José'),
  S: words('Silva Santos Ferreira Pereira Costa García Fernández López Rodrigues Gonçalves'),
}

const byEthnicity: Readonly<Record<string, typeof british>> = {
  WBRI: british,
  WIRI: british,
  WROM: eastern,
  WIRT: british,
  WOTH: eastern,
  MWBC: caribbean,
  MWBA: african,
  MWAS: southAsian,
  MOTH: iberian,
  AIND: indian,
  APKN: southAsian,
  ABAN: southAsian,
  AOTH: turkishArab,
  BCRB: caribbean,
  BAFR: african,
  BOTH: african,
  CHNE: chinese,
  OOTH: turkishArab,
  REFU: british,
  NOBT: british,
}

/** A name as children of that background have them; one parent's in ten comes from elsewhere. */
export function nameFor(roll: Dice, sex: 'F' | 'M', ethnicity: string, language: string) {
  const own = language === 'POR' || language === 'SPA' ? iberian : (byEthnicity[ethnicity] ?? british)
  const forenames = ethnicity.startsWith('M') && roll.chance(0.5) ? british : own
  const surnames = roll.chance(0.06) ? british : own
  const surname = roll.pick(surnames.S)
  return {
    forename: roll.pick(forenames[sex]),
    surname:
      ethnicity === 'WIRI' && roll.chance(0.6)
        ? roll.pick(['O’Connor', 'O’Brien', 'Kelly', 'Murphy', 'Doherty', 'Ryan'])
        : surname,
  }
}
