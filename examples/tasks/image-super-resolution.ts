import { join } from 'node:path'
import { defineTask, type TaskContext, type TaskInput } from 'penstock/tasks'
import { classifyImage } from './image/classify-image.ts'
import { enlargeImage, type Enlargement, MAX_SCALE, outputFormat } from './image/enlarge-image.ts'
import { lost } from './image/lost.ts'
import { endingOf, parsePlace } from './image/place.ts'
import { readImage } from './image/read-image.ts'
import { closeRun, doStage, folderOf, openRun, type Run, runStage } from './image/stages.ts'
import { writeImage } from './image/write-image.ts'

/**
 * Reads an image, classifies it, enlarges it and puts it somewhere else: the pipeline of the task
 * manager's document. Its stages are tasks of their own (`subtasks`), named `image_…`.
 */

interface PipelineInput {
  /** Instead of the two positional arguments. */
  readonly input_url?: unknown
  readonly output_url?: unknown
  /** 1 to 4, default 2. */
  readonly scale?: unknown
}

const PIPELINE_LIMIT_MS = 5 * 60_000
const files = (run: Run) => ({
  input: join(folderOf(run), 'input'),
  output: join(folderOf(run), 'output'),
})

export const image_super_resolution_pipeline = defineTask<PipelineInput>({
  timeoutMs: PIPELINE_LIMIT_MS,
  maxRetries: 3,
  async run({ args, kwargs }: TaskInput<PipelineInput>, context: TaskContext) {
    const source = args[0] ?? kwargs.input_url
    const target = args[1] ?? kwargs.output_url
    const scale = scaleOf(kwargs.scale)
    const from = parsePlace(source, 'input')
    const to = parsePlace(target, 'output')
    // Told before anything is read.
    outputFormat(endingOf(to), '')
    if (from.kind === 'file' && to.kind === 'file' && from.path === to.path)
      throw lost('The output must not be the input.')

    const run: Run = { pipeline: context.id, attempt: context.attempt }
    await openRun(run)
    try {
      return await enlarge(run, { source: String(source), target: String(target), scale }, context)
    } finally {
      await closeRun(run)
    }
  },
})

interface Order {
  readonly source: string
  readonly target: string
  readonly scale: number
}

async function enlarge(run: Run, { source, target, scale }: Order, context: TaskContext) {
  const { input, output } = files(run)
  const { signal } = context

  context.progress(0, { stage: 'reading', message: source })
  await runStage(
    run,
    { name: 'read', queue: 'io', kwargs: { source }, work: () => readImage(source, input, signal) },
    context,
  )
  context.progress(0.3, { stage: 'classifying' })
  const { format: inputFormat, ...classification } = await runStage(
    run,
    { name: 'classify', queue: 'cpu', kwargs: {}, work: () => classifyImage(input) },
    context,
  )
  context.progress(0.4, { stage: 'enlarging', message: `${classification.category}, ${scale} times` })
  const { width, height } = classification
  const format = outputFormat(endingOf(parsePlace(target, 'output')), inputFormat)
  const order = { width, height, scale, format }
  const enlarged = await runStage<Enlargement>(
    run,
    { name: 'enlarge', queue: 'cpu', kwargs: order, work: () => enlargeImage(input, output, order) },
    context,
  )
  context.progress(0.8, { stage: 'writing', message: target })
  const bytes = await runStage(
    run,
    {
      name: 'write',
      queue: 'io',
      kwargs: { target, format },
      work: () => writeImage(output, target, format, signal),
    },
    context,
  )
  context.progress(1, { stage: 'done' })
  return {
    task_id: context.id,
    input_url: source,
    output_url: target,
    classification,
    enlarged: { width: enlarged.width, height: enlarged.height, format: enlarged.format, bytes },
  }
}

function scaleOf(scale: unknown): number {
  if (scale === undefined || scale === null) return 2
  if (typeof scale === 'number' && scale >= 1 && scale <= MAX_SCALE) return scale
  throw lost(`'scale' must be a number, 1 to ${MAX_SCALE}.`)
}

export const image_read = defineTask<Run & { readonly source: string }>({
  maxRetries: 0,
  run: ({ kwargs }, { signal }) =>
    doStage(kwargs, 'read', () => readImage(kwargs.source, files(kwargs).input, signal)),
})

export const image_classify = defineTask<Run>({
  maxRetries: 0,
  run: ({ kwargs }) => doStage(kwargs, 'classify', () => classifyImage(files(kwargs).input)),
})

export const image_enlarge = defineTask<Run & Enlargement & { readonly scale: number }>({
  maxRetries: 0,
  run: ({ kwargs }) =>
    doStage(kwargs, 'enlarge', () => enlargeImage(files(kwargs).input, files(kwargs).output, kwargs)),
})

export const image_write = defineTask<Run & { readonly target: string; readonly format: string }>({
  maxRetries: 0,
  run: ({ kwargs }, { signal }) =>
    doStage(kwargs, 'write', () => writeImage(files(kwargs).output, kwargs.target, kwargs.format, signal)),
})
