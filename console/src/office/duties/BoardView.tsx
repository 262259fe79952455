import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Button, Drawer, Empty, Grid, Skeleton } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { count } from '../../common/time'
import { CellPane } from './CellPane'
import { type Board, type Cell, type DutyKind, named, paintOf, tintOf, useAreaNames, useUnitNames } from './names'

type Row = Board['rows'][number]
export type Chosen = { row: Row; area: Board['areas'][number]; cell: Cell; whole: boolean }
type Props = { kind: DutyKind; draft: string; at: string; parent: string; onParent: (code: string | null) => void }

function useBoard(kind: DutyKind, draft: string, at: string, parent: string, of: string | null, wanted = true) {
  return useQuery({
    queryKey: ['duties', 'board', kind, draft, at, parent, of], placeholderData: keepPreviousData, enabled: wanted,
    queryFn: ({ signal }) => ok(api.GET('/api/duties/board', { params: { query: { kind, ...(draft ? { draft } : {}), ...(at ? { at } : {}), ...(parent ? { parent } : {}), ...(of ? { of } : {}) } }, signal })) as Promise<Board>,
  })
}

/** Classes × areas; a class opens into its categories, an area into those in it. */
export function BoardView({ kind, draft, at, parent, onParent }: Props) {
  const t = useText()
  const wide = Grid.useBreakpoint().lg ?? innerWidth >= 992
  const board = useBoard(kind, draft, at, parent, null)
  const [open, setOpen] = useState<string[]>([])
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const around = board.data ? [...board.data.above].reverse() : []
  const unitName = useUnitNames(t('duties.nobody'))
  const nameOf = useAreaNames(board.data ? [...around, board.data.parent] : [])
  if (board.isLoadingError) return <Alert type="error" showIcon title={board.error.message} action={<Button size="small" onClick={() => onParent(null)}>{t('duties.whole_city')}</Button>} />
  if (!board.data) return <Skeleton active paragraph={{ rows: 10 }} />
  if (!board.data.rows.length) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('duties.no_rows')} />
  const { areas, rows } = board.data
  const sums = { gaps: sum(rows, 'gaps'), ties: sum(rows, 'ties') }
  const pane = chosen && <CellPane chosen={chosen} kind={kind} draft={draft} at={at} />
  const flip = (key: string) => setOpen((was) => (was.includes(key) ? was.filter((one) => one !== key) : [...was, key]))
  return (
    <div className="board-view">
      <div className="board-head">
        <nav className="crumbs" aria-label={t('duties.where')}>
          {around.map((code) => <span key={code}><button type="button" className="link" onClick={() => onParent(code)}>{nameOf(code)}</button> › </span>)}
          <b>{nameOf(board.data.parent)}</b>
        </nav>
        <span className={`light light-${sums.gaps ? 'red' : 'green'}`}>{sums.gaps ? '■' : '●'} {t('duties.gaps_n', { n: sums.gaps, count: count(sums.gaps) })}</span>
        <span className={`light light-${sums.ties ? 'yellow' : 'green'}`}>{sums.ties ? '▲' : '●'} {t('duties.ties_n', { n: sums.ties, count: count(sums.ties) })}</span>
        <Legend />
      </div>
      <div className="split">
        <div className="board-box" role="region" aria-label={t('duties.board')} tabIndex={0}>
          <table className={`board${board.isPlaceholderData ? ' stale' : ''}`} onKeyDown={step}>
            <thead>
              <tr>
                <th scope="col">{t('duties.class')}</th>
                {areas.map((one) => <th key={one.code} scope="col" title={one.code}>{one.below ? <button type="button" className="link" onClick={() => onParent(one.code)}>{one.name}</button> : one.name}</th>)}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, n) => (
                <ClassRows key={row.key} head={headOf(row) === (n ? headOf(rows[n - 1]!) : '') ? '' : headOf(row)} row={row} areas={areas} unitName={unitName} open={open.includes(row.key)} onFlip={() => flip(row.key)} chosen={chosen} onChoose={setChosen} asked={[kind, draft, at, parent]} />
              ))}
            </tbody>
          </table>
        </div>
        {wide ? <aside className="pane" aria-label={t('duties.cell')}>{pane ?? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('duties.pick')} />}</aside> : (
          <Drawer open={chosen !== null} onClose={() => setChosen(null)} placement="bottom" size="80%" title={t('duties.cell')}>{pane}</Drawer>
        )}
      </div>
    </div>
  )
}

const sum = (rows: Row[], what: 'gaps' | 'ties') => rows.reduce((all, row) => all + row.cells.reduce((each, cell) => each + cell[what], 0), 0)

/** Standard and kind of a row: `GB/T 47678.5/matter`. */
const headOf = (row: Row) => row.key.slice(0, row.key.lastIndexOf('/'))

type RowsProps = {
  row: Row; head: string; areas: Board['areas']; unitName: (code: string) => string; open: boolean; onFlip: () => void
  chosen: Chosen | null; onChoose: (chosen: Chosen) => void; asked: [DutyKind, string, string, string]
}

function ClassRows({ row, head, areas, unitName, open, onFlip, chosen, onChoose, asked }: RowsProps) {
  const t = useText()
  const inside = useBoard(...asked, row.key, open)
  const line = (one: Row, whole: boolean) => (
    <>
      {one.cells.map((cell, n) => {
        const here = chosen?.row.key === one.key && chosen.area.code === areas[n]!.code
        return <td key={areas[n]!.code}><CellButton cell={cell} unitName={unitName} chosen={here} label={`${named(one, one.key)} · ${areas[n]!.name}`} onClick={() => onChoose({ row: one, area: areas[n]!, cell, whole })} /></td>
      })}
    </>
  )
  return (
    <>
      {head && <tr className="of-standard"><th scope="rowgroup" colSpan={areas.length + 1}>{head.replace(/\/(part|matter)$/, '')} {t(head.endsWith('/part') ? 'duties.parts' : 'duties.matters')}</th></tr>}
      <tr>
        <th scope="row"><button type="button" className="link class-name" aria-expanded={open} onClick={onFlip}>{open ? <CaretDownOutlined /> : <CaretRightOutlined />}{named(row, row.key)} <small>{row.categories}</small></button></th>
        {line(row, true)}
      </tr>
      {open && !inside.data && <tr><th scope="row" className="inner">{t('common.loading')}</th>{areas.map((one) => <td key={one.code} />)}</tr>}
      {open && inside.data?.rows.map((one) => (
        <tr key={one.key}><th scope="row" className="inner" title={one.key}>{named(one, one.key)}</th>{line(one, false)}</tr>
      ))}
    </>
  )
}

type ButtonProps = { cell: Cell; unitName: (code: string) => string; chosen: boolean; label: string; onClick: () => void }

function CellButton({ cell, unitName, chosen, label, onClick }: ButtonProps) {
  const t = useText()
  const paint = paintOf(cell)
  const first = cell.units[0]?.[0]
  const others = cell.units.length - 1 + cell.more
  const who = first === undefined ? '' : unitName(first)
  const trouble = paint === 'gap' ? `■ ${t('duties.gap')} ${count(cell.gaps)}` : paint === 'tie' ? `▲ ${t('duties.tie')} ${count(cell.ties)}` : ''
  return (
    <button type="button" className={`cell cell-${paint}${paint === 'unit' ? ` tint-${tintOf(first!)}` : ''}${chosen ? ' chosen' : ''}`} aria-pressed={chosen} aria-label={`${label}: ${[trouble, who && (others > 0 ? `${who} +${others}` : who)].filter(Boolean).join(' ')}`} onClick={onClick}>
      {trouble && <b>{trouble}</b>}
      {who && <span>{who}{others > 0 && <small> +{others}</small>}</span>}
    </button>
  )
}

function Legend() {
  const t = useText()
  return (
    <span className="legend" aria-hidden="true">
      <i className="cell-gap" />{t('duties.gap')}<i className="cell-tie" />{t('duties.tie')}<i className="cell-nobody" />{t('duties.nobody')}
    </span>
  )
}

/** Arrows go from cell to cell. */
function step(press: KeyboardEvent<HTMLTableElement>): void {
  const moves: Record<string, [number, number]> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
  const move = moves[press.key]
  const place = (press.target as HTMLElement).closest('td, th') as HTMLTableCellElement | null
  if (!move || !place) return
  const table = press.currentTarget
  const row = table.rows[(place.parentElement as HTMLTableRowElement).rowIndex + move[0]]
  const next = row?.cells[place.cellIndex + move[1]]?.querySelector<HTMLElement>('button')
  if (next) {
    press.preventDefault()
    next.focus()
  }
}
