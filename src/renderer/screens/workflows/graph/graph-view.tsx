import { Maximize, Minus, Plus } from 'lucide-react'
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { GraphNode } from '../../../../shared/domain/workflow-graph.ts'
import { IconButton } from '../../../ui/button.tsx'
import styles from './graph.module.css'
import { edgePath, layOutGraph, NODE_HEIGHT, NODE_WIDTH, type GraphLayout } from './lay-out-graph.ts'
import { nextNode, type ArrowKey } from './next-node.ts'

interface GraphViewProps<Node extends GraphNode> {
  readonly label: string
  readonly nodes: readonly Node[]
  readonly hueOf: (node: Node) => string
  /** What stands in the box of a node. */
  readonly children: (node: Node) => ReactNode
  readonly openKey?: string | null
  /** Not given for a drawing that is only looked at. */
  readonly onOpen?: ((key: string) => void) | undefined
}

const ZOOMS = [0.4, 0.55, 0.7, 0.85, 1, 1.2, 1.4] as const
/** At first no node is drawn smaller than so, however large the graph. */
const LEAST_FIRST_ZOOM = 0.7
const ARROWS: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'])

/** A graph from left to right. One stop of the Tab key; arrows follow its lines, Enter opens a node. */
export function GraphView<Node extends GraphNode>(props: GraphViewProps<Node>) {
  const { label, nodes, hueOf, children, openKey = null, onOpen } = props
  // The shape does not change while its nodes run.
  const shape = JSON.stringify(nodes.map(({ key, parents }) => ({ key, parents })))
  const layout = useMemo(() => layOutGraph(JSON.parse(shape) as GraphNode[]), [shape])
  const byKey = useMemo(() => new Map(nodes.map((node) => [node.key, node])), [nodes])
  const scroller = useRef<HTMLDivElement>(null)
  const [scale, setZoom] = useState(1)
  const [currentKey, setCurrentKey] = useState<string | null>(null)
  const tabStop = currentKey ?? openKey ?? layout.nodes[0]?.key

  const fit = () => setZoom(fittingZoom(scroller.current, layout))
  useLayoutEffect(() => {
    setZoom(Math.max(LEAST_FIRST_ZOOM, fittingZoom(scroller.current, layout)))
  }, [layout])
  const stepZoom = (by: 1 | -1) => {
    const index = ZOOMS.findIndex((step) => step >= scale)
    setZoom(ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, index + by))] ?? 1)
  }
  const move = (event: KeyboardEvent<HTMLButtonElement>, key: string) => {
    if (!ARROWS.has(event.key)) return
    event.preventDefault()
    const next = nextNode(layout, nodes, key, event.key as ArrowKey)
    const button = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-node]') ?? [])].find(
      ({ dataset }) => dataset['node'] === next,
    )
    button?.focus()
  }

  return (
    <div className={styles.graph}>
      <div className={styles.zoom} role="group" aria-label="Zoom">
        <IconButton icon={Minus} label="Smaller" onClick={() => stepZoom(-1)} />
        <IconButton icon={Plus} label="Larger" onClick={() => stepZoom(1)} />
        <IconButton icon={Maximize} label="All of it" onClick={fit} />
      </div>
      <div ref={scroller} className={styles.scroller} role="group" aria-label={label}>
        <div className={styles.place} style={{ width: layout.width * scale, height: layout.height * scale }}>
          <div
            className={styles.sheet}
            style={{ width: layout.width, height: layout.height, transform: `scale(${scale})` }}
          >
            <svg width={layout.width} height={layout.height} className={styles.lines} aria-hidden>
              {layout.edges.map((edge) => {
                const from = byKey.get(edge.from)
                return (
                  <path
                    key={`${edge.from}\n${edge.to}`}
                    d={edgePath(edge)}
                    data-hue={from === undefined ? undefined : hueOf(from)}
                    className={styles.line}
                    data-near={edge.from === openKey || edge.to === openKey || undefined}
                  />
                )
              })}
            </svg>
            {layout.nodes.map(({ key, x, y }) => {
              const node = byKey.get(key)
              if (node === undefined) return null
              const place = { left: x, top: y, width: NODE_WIDTH, height: NODE_HEIGHT }
              return onOpen === undefined ? (
                <div key={key} className={styles.node} style={place} data-hue={hueOf(node)}>
                  {children(node)}
                </div>
              ) : (
                <button
                  key={key}
                  type="button"
                  className={styles.node}
                  style={place}
                  data-node={key}
                  data-hue={hueOf(node)}
                  aria-pressed={key === openKey}
                  tabIndex={key === tabStop ? 0 : -1}
                  onFocus={() => setCurrentKey(key)}
                  onKeyDown={(event) => move(event, key)}
                  onClick={() => onOpen(key)}
                >
                  {children(node)}
                </button>
              )
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

/** The largest step at which all of the graph is in sight, no more than its own size. */
function fittingZoom(box: HTMLElement | null, { width, height }: GraphLayout): number {
  if (box === null) return 1
  const most = Math.min(box.clientWidth / width, box.clientHeight / height, 1)
  return ZOOMS.findLast((step) => step <= most) ?? ZOOMS[0]
}
