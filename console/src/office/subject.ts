/** The page of a case or a report; until it is there, the list that holds it. */
export const pathOf = (kind: string, id: string): string => (kind === 'case' ? `/cases/${id}` : `/reports/${id}`)
