"""A reply in a Pipecat pipeline: words as they are heard, an interruption, what was sent by then."""
import asyncio, sys, wave
from pipecat.frames.frames import EndFrame, LLMFullResponseEndFrame, LLMFullResponseStartFrame, LLMTextFrame
from pipecat.frames.frames import TTSAudioRawFrame, TTSTextFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.services.tts_service import TextAggregationMode
from pipecat.workers.runner import WorkerRunner
from tts_worker.pipecat import WorkerTTSService

class Loudspeaker(FrameProcessor):  # in an agent: transport.output()
    def __init__(self, audio):
        super().__init__()
        self.audio = audio

    async def process_frame(self, frame, direction):
        await super().process_frame(frame, direction)
        if isinstance(frame, TTSAudioRawFrame):
            self.audio.writeframes(frame.audio)
            if self.audio.tell() >= 2 * frame.sample_rate:  # after 2 s the user begins to speak
                await self.broadcast_interruption()
        elif isinstance(frame, TTSTextFrame):
            print(f"{frame.pts / 1e6:6.0f} ms  {frame.text}")
        await self.push_frame(frame, direction)

async def main(address="localhost:7001"):
    # TOKEN: the worker finds the sentences; max_lead_ms: at most half a second ahead of the listener
    tts = WorkerTTSService(address, options={"max_lead_ms": 500}, text_aggregation_mode=TextAggregationMode.TOKEN)
    stopped = asyncio.Event()

    @tts.event_handler("on_speech_stopped")
    async def on_speech_stopped(service, context_id, receipt):
        print(f"stopped: heard up to {receipt.last_word!r}, {receipt.context_end} characters")
        stopped.set()

    with wave.open("agent.wav", "wb") as audio:
        audio.setparams((1, 2, 24_000, 0, "NONE", ""))
        # In an agent: [transport.input(), stt, aggregator.user(), llm, tts, transport.output(), …]
        pipeline = Pipeline([tts, Loudspeaker(audio)])
        agent = PipelineWorker(pipeline, params=PipelineParams(audio_out_sample_rate=24_000))
        runner = WorkerRunner()
        await runner.add_workers(agent)
        running = asyncio.create_task(runner.run())
        reply = "Good ", "morning! ", "Your table ", "for four is booked ", "at 7:30 p.m. ", "Anything else?"
        for frame in LLMFullResponseStartFrame(), *map(LLMTextFrame, reply), LLMFullResponseEndFrame():
            await agent.queue_frame(frame)
        await stopped.wait()
        await agent.queue_frame(EndFrame())
        await running

asyncio.run(main(*sys.argv[1:]))
