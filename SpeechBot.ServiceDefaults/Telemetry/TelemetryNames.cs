namespace SpeechBot.ServiceDefaults.Telemetry;

/// <summary>
/// The names of spans, instruments and attributes that SpeechBot emits. They are a contract: dashboards, tests and the page read them.
/// GenAI names follow OpenTelemetry's semantic conventions; durations are in seconds unless a name says otherwise.
/// </summary>
public static class TelemetryNames
{
    /// <summary>The prefix of every source and meter of ours; <c>SpeechBot.*</c> is registered for export.</summary>
    public const string SourcePrefix = "SpeechBot.";

    /// <summary>Source and meter of the ears.</summary>
    public const string SttSource = SourcePrefix + "Stt";

    /// <summary>Source and meter of the brain.</summary>
    public const string LlmSource = SourcePrefix + "Llm";

    /// <summary>Source and meter of the mouth.</summary>
    public const string TtsSource = SourcePrefix + "Tts";

    /// <summary>Source and meter of the conversation.</summary>
    public const string WebSource = SourcePrefix + "Web";

    /// <summary>Span names.</summary>
    public static class Spans
    {
        /// <summary>One spoken turn, from the last voiced sample to the last heard one.</summary>
        public const string VoiceTurn = "voice turn";

        /// <summary>From the last voiced sample until it was decided that the turn is over.</summary>
        public const string EndOfTurn = "end of turn";

        /// <summary>One run of Whisper.</summary>
        public const string Transcribe = "transcribe";

        /// <summary>One reply of the language model; the model's name follows, as the GenAI conventions ask.</summary>
        public const string Chat = "chat";

        /// <summary>The synthesis of one clause.</summary>
        public const string Synthesize = "synthesize";

        /// <summary>From the first heard sample to the last one.</summary>
        public const string Play = "play";
    }

    /// <summary>The parts of the waterfall, which are spans too: what the person waited for, one after the other and without gaps.</summary>
    public static class Segments
    {
        /// <summary>Last voiced sample to transcript.</summary>
        public const string Ears = "ears";

        /// <summary>Transcript to first clause.</summary>
        public const string Brain = "brain";

        /// <summary>First clause to first audio.</summary>
        public const string Voice = "voice";

        /// <summary>First audio to its release: it was ready before it was certain that the turn is over.</summary>
        public const string Wait = "wait";

        /// <summary>Release to the first sample out of the loudspeaker.</summary>
        public const string Sound = "sound";
    }

    /// <summary>Events within spans.</summary>
    public static class Events
    {
        /// <summary>A request got its engine and the cores it needs.</summary>
        public const string TakenUp = "taken up";

        /// <summary>The brain has read the prompt, up to what the cache did not hold.</summary>
        public const string PromptRead = "prompt read";

        /// <summary>The brain has written its first token.</summary>
        public const string FirstToken = "first token";

        /// <summary>The voice has made the first piece of a clause; the rest is made while it is heard.</summary>
        public const string FirstAudio = "first audio";

        /// <summary>The person spoke over the answer and it stopped; the event is at the onset of the voice.</summary>
        public const string BargeIn = "barge-in";

        /// <summary>The person made a sound over the answer that meant nothing, and it went on.</summary>
        public const string Backchannel = "backchannel";

        /// <summary>The person went on speaking: an answer that was given early, or worked out ahead, was taken back.</summary>
        public const string Withdrawn = "answer withdrawn";
    }

    /// <summary>Instrument names.</summary>
    public static class Instruments
    {
        /// <summary>Histogram, s: last voiced sample to first audible sample.</summary>
        public const string VoiceToVoice = "speechbot.turn.voice_to_voice";

        /// <summary>Histogram, s: last voiced sample to the decision that the turn is over.</summary>
        public const string EndOfTurnWait = "speechbot.turn.end_of_turn_wait";

        /// <summary>Histogram, s: one transcription.</summary>
        public const string SttDuration = "speechbot.stt.duration";

        /// <summary>Histogram, 1: transcription time over audio time.</summary>
        public const string SttRealTimeFactor = "speechbot.stt.real_time_factor";

        /// <summary>Histogram, s: request to first token, measured in the brain.</summary>
        public const string TimeToFirstToken = "gen_ai.server.time_to_first_token";

        /// <summary>Histogram, s: time per token after the first.</summary>
        public const string TimePerOutputToken = "gen_ai.server.time_per_output_token";

        /// <summary>Histogram, {token}: tokens in and out.</summary>
        public const string TokenUsage = "gen_ai.client.token.usage";

        /// <summary>Histogram, s: request to first audio, measured in the mouth.</summary>
        public const string TimeToFirstAudio = "speechbot.tts.time_to_first_audio";

        /// <summary>Histogram, 1: synthesis time over audio time.</summary>
        public const string TtsRealTimeFactor = "speechbot.tts.real_time_factor";

        /// <summary>Histogram, s: onset of the user's voice over an answer to the end of that answer.</summary>
        public const string BargeInDuration = "speechbot.barge_in.duration";

        /// <summary>Histogram, s: time a request waited for its engine.</summary>
        public const string QueueWait = "speechbot.queue.wait";

        /// <summary>Gauge, {request}: requests that wait for an engine.</summary>
        public const string QueueLength = "speechbot.queue.length";

        /// <summary>Gauge, {conversation}: conversations that are open.</summary>
        public const string ActiveConversations = "speechbot.conversations.active";

        /// <summary>Gauge, 1: share of the key-value cache in use.</summary>
        public const string KvCacheUsage = "speechbot.llm.kv_cache.usage";

        /// <summary>Histogram, {token}/s: speed of one reply after its first token.</summary>
        public const string TokensPerSecond = "speechbot.llm.tokens_per_second";

        /// <summary>Gauge, {cpu}: processor cores that the stage's process kept busy since the last reading.</summary>
        public const string CpuUsage = "speechbot.stage.cpu";

        /// <summary>Gauge, By: resident memory of the process that holds the model.</summary>
        public const string ModelMemory = "speechbot.model.memory";
    }

    /// <summary>Attribute names.</summary>
    public static class Tags
    {
        /// <summary>Turn id, the same in web, the page and the history.</summary>
        public const string TurnId = "speechbot.turn.id";

        /// <summary>Conversation id, as in the GenAI conventions.</summary>
        public const string ConversationId = "gen_ai.conversation.id";

        /// <summary>How a turn ended: done, interrupted, failed.</summary>
        public const string TurnOutcome = "speechbot.turn.outcome";

        /// <summary>Sequential, streamed or speculative.</summary>
        public const string Pipeline = "speechbot.turn.pipeline";

        /// <summary>Seconds of audio in or out.</summary>
        public const string AudioSeconds = "speechbot.audio.seconds";

        /// <summary>The clause's place in its answer, from 0.</summary>
        public const string ClauseIndex = "speechbot.clause.index";

        /// <summary>Tokens found in the key-value cache.</summary>
        public const string CachedTokens = "gen_ai.usage.cache_read.input_tokens";

        /// <summary>Tokens that had to be computed before the first one could come.</summary>
        public const string PrefilledTokens = "speechbot.llm.prefilled_tokens";

        /// <summary>Milliseconds in the queue.</summary>
        public const string QueueMilliseconds = "speechbot.queue.ms";

        /// <summary>What became of a transcription: used (its words were answered), kept (its words begin a longer utterance) or dropped (the voice went on, or it was noise).</summary>
        public const string Fate = "speechbot.transcription.fate";

        /// <summary>How likely the speaker had finished, from 0 to 1, when the turn was taken for over.</summary>
        public const string Finished = "speechbot.end_of_turn.probability";

        /// <summary>How often it was asked whether the speaker has finished.</summary>
        public const string Asks = "speechbot.end_of_turn.asks";

        /// <summary>Milliseconds that the last such question took.</summary>
        public const string AskMilliseconds = "speechbot.end_of_turn.ask_ms";

        /// <summary>Characters to speak; the text itself is nobody's business.</summary>
        public const string Characters = "speechbot.clause.characters";

        /// <summary>Milliseconds from the onset of a voice over an answer to the end of that answer.</summary>
        public const string BargeInMilliseconds = "speechbot.barge_in.ms";

        /// <summary>True for work that began before the turn was confirmed.</summary>
        public const string Speculative = "speechbot.speculative";

        /// <summary>The CPU or GPU the work ran on: cpu or cuda.</summary>
        public const string Accelerator = "speechbot.accelerator";

        /// <summary>The model's id.</summary>
        public const string Model = "gen_ai.request.model";

        /// <summary>The model that answered.</summary>
        public const string ResponseModel = "gen_ai.response.model";

        /// <summary>Who serves the model, as the GenAI conventions ask.</summary>
        public const string Provider = "gen_ai.provider.name";

        /// <summary>Milliseconds from the last voiced sample to a mark of <see cref="Marks"/>.</summary>
        public static string Mark(string mark) => $"speechbot.mark.{mark}_ms";

        /// <summary>The operation's name: chat, or ours.</summary>
        public const string Operation = "gen_ai.operation.name";

        /// <summary>Tokens in the prompt.</summary>
        public const string InputTokens = "gen_ai.usage.input_tokens";

        /// <summary>Tokens in the answer.</summary>
        public const string OutputTokens = "gen_ai.usage.output_tokens";

        /// <summary>The error's type, as in the general conventions.</summary>
        public const string ErrorType = "error.type";
    }

    /// <summary>The seven marks of a turn, in order; they bound the segments of the waterfall.</summary>
    public static class Marks
    {
        /// <summary>The last voiced sample.</summary>
        public const string LastVoiced = "last_voiced";

        /// <summary>The transcript that was answered.</summary>
        public const string Transcript = "transcript";

        /// <summary>The first token of the reply.</summary>
        public const string FirstToken = "first_token";

        /// <summary>The first clause of the reply.</summary>
        public const string FirstClause = "first_clause";

        /// <summary>The first audio of the first clause.</summary>
        public const string FirstAudio = "first_audio";

        /// <summary>The audio was released to the loudspeaker.</summary>
        public const string Released = "released";

        /// <summary>The first audible sample at the listener.</summary>
        public const string Heard = "heard";
    }
}
