import { Page } from './CasePage'

/** One report with its words, its timeline and what may be done with it. */
export default function ReportPage() {
  return <Page kind="report" />
}
