import type { ServerResponse } from 'node:http'
import type { AttachProblem } from '../../src/shared/domain/connection.ts'

/** How a stream of server-sent events goes wrong, and what its reader must get to know. */
export interface StreamMisbehaviour {
  readonly problem: AttachProblem
  /** Whether nothing but a limit of time ends it. */
  readonly isEndless?: boolean
  readonly answer: (response: ServerResponse) => void
}

const BLOCK = Buffer.alloc(65_536, 'x')
const LINE = Buffer.from(`data: ${'x'.repeat(65_536)}\n`)

/** Every way of a stream to misbehave, by name. */
export const STREAM_MISBEHAVIOURS: Readonly<Record<string, StreamMisbehaviour>> = {
  'never begins': { problem: 'unreachable', answer: () => undefined, isEndless: true },
  'is no stream': {
    problem: 'wrong_server',
    answer: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>nginx</h1>'),
  },
  'wants another key': { problem: 'refused', answer: (response) => response.writeHead(401).end() },
  fails: { problem: 'failing', answer: (response) => response.writeHead(503).end() },
  'leads elsewhere': {
    problem: 'bad_answer',
    answer: (response) => response.writeHead(302, { location: 'http://127.0.0.2:1/' }).end(),
  },
  'falls silent': { ...streaming('unreachable', () => undefined), isEndless: true },
  'hangs up': streaming('unreachable', (response) => response.destroy()),
  'ends at once': streaming('unreachable', (response) => response.end()),
  'sends an event without an end': streaming('bad_answer', (response) => endless(response, LINE)),
  'sends a line without an end': streaming('bad_answer', (response) => endless(response, BLOCK)),
  'sends events that are not JSON': streaming('bad_answer', (response) => response.write('data: {"a":\n\n')),
  'sends events of the wrong shape': streaming('bad_answer', (response) => response.write('data: [1]\n\n')),
}

function streaming(problem: AttachProblem, answer: StreamMisbehaviour['answer']): StreamMisbehaviour {
  return {
    problem,
    answer(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      answer(response)
    },
  }
}

function endless(response: ServerResponse, block: Buffer): void {
  const more = () => {
    while (!response.destroyed && response.write(block));
  }
  response.on('drain', more)
  more()
}
