using System.Diagnostics;
using System.Threading.Channels;
using LLama;
using LLama.Native;
using SpeechBot.Llm.Prompts;
using SpeechBot.ServiceDefaults.Telemetry;
using SpeechBot.ServiceDefaults.Text;

namespace SpeechBot.Llm.Replies;

/// <summary>A request on its way: waiting, reading its prompt, writing its reply. Only the scheduler's loop touches it after <see cref="ReplyScheduler"/> took it.</summary>
internal sealed class ReplyJob(ReplyRequest request, LlamaModel model, TimeProvider time, CancellationToken cancellation)
{
    // What has no end of a clause by then is not spoken in clauses.
    private const int MostFirstTokens = 20;

    // A first clause is heard for about that long.
    private static readonly TimeSpan FirstClauseIsHeard = TimeSpan.FromSeconds(1);

    private LlamaModel _model = model;
    private readonly Channel<ReplyEvent> _events = Channel.CreateUnbounded<ReplyEvent>(new() { SingleReader = true, SingleWriter = true });
    private readonly TokenSampler _sampler = new(request.Sampling);
    private readonly StopMatcher _stops = new(request.Stops);
    private readonly System.Text.StringBuilder _text = new();
    private readonly ClauseCutter _clauses = new();
    private readonly List<LLamaToken> _written = [];
    private readonly List<int> _lengths = [];
    private readonly Activity? _span = ReplyTelemetry.Current;
    private readonly long _asked = time.GetTimestamp();
    private StreamingTokenDecoder? _decoder;
    private PromptPlan? _plan;
    private long _started;
    private long _prefilled;
    private long _first;
    private long _begun;

    public ReplyRequest Request { get; } = request;

    public RenderedPrompt Prompt { get; private set; } = Render(request, model);

    public ChannelReader<ReplyEvent> Events => _events.Reader;

    public bool Cancelled => cancellation.IsCancellationRequested;

    /// <summary>The conversation that it works on, once it was taken up.</summary>
    public CachedConversation? Conversation { get; private set; }

    /// <summary>Tokens of the prompt that are still to be computed.</summary>
    public List<LLamaToken> Pending { get; } = [];

    /// <summary>Whether there are any.</summary>
    public bool IsReading => Pending.Count > 0;

    /// <summary>Whether it writes the clause that a voice would begin with; until that is there, somebody waits in silence.</summary>
    public bool IsBeginning => Next is not null && _begun == 0;

    /// <summary>Time since that clause was complete; null before.</summary>
    public TimeSpan? SinceBegun => _begun == 0 ? null : time.GetElapsedTime(_begun);

    /// <summary>Whether the next clause would come too soon: the first is there, and is still being spoken.</summary>
    public bool CanWait => SinceBegun < FirstClauseIsHeard;

    /// <summary>The token that was drawn last and is not in the cache yet; null while the prompt is being read.</summary>
    public LLamaToken? Next { get; private set; }

    /// <summary>Most tokens that the conversation has room for.</summary>
    public int Limit { get; private set; }

    /// <summary>Renders the prompt anew where another model than that of the request's arrival is to answer.</summary>
    public void Render(LlamaModel model)
    {
        if (_model != model)
        {
            Prompt = Render(Request, model);
            _model = model;
        }
    }

    public void Start(CachedConversation conversation, PromptPlan plan, int capacity, LLamaContext context)
    {
        _started = time.GetTimestamp();
        _plan = plan;
        _decoder = new StreamingTokenDecoder(context);
        Conversation = conversation;
        Limit = Math.Min(Request.MaxTokens, capacity - plan.Tokens.Count);
        Pending.AddRange(plan.Tokens.Skip(plan.Reused));
        ReplyTelemetry.TakenUp(_span, time.GetElapsedTime(_asked, _started), plan.Reused, plan.Tokens.Count - plan.Reused);
    }

    /// <summary>The prompt is computed.</summary>
    public void PromptRead()
    {
        _prefilled = time.GetTimestamp();
        _span?.AddEvent(new(TelemetryNames.Events.PromptRead));
    }

    /// <summary>Draws the next token and sends what text it makes. True while there is more to come.</summary>
    public bool Advance(Span<float> logits, SafeLlamaModelHandle.Vocabulary vocab)
    {
        var token = _sampler.Sample(logits);
        if (_first == 0)
        {
            _first = time.GetTimestamp();
            _span?.AddEvent(new(TelemetryNames.Events.FirstToken));
        }

        if (token.IsEndOfGeneration(vocab))
        {
            Finish(ReplyEnd.Stop);
            return false;
        }

        _decoder!.Add(token);
        var piece = _decoder.Read();
        _text.Append(piece);
        _written.Add(token);
        if (_begun == 0 && (_clauses.Push(piece).Any() || _written.Count == MostFirstTokens))
        {
            _begun = time.GetTimestamp();
        }

        _lengths.Add(_text.Length);
        Send(_stops.Add(piece));
        if (_stops.Stopped || _written.Count >= Limit)
        {
            Finish(_stops.Stopped ? ReplyEnd.Stop : ReplyEnd.Length);
            return false;
        }

        Next = token;
        return true;
    }

    /// <summary>Ends the reply as it should end.</summary>
    public void Finish(string reason)
    {
        Send(_stops.Stopped ? "" : _stops.Flush());
        _events.Writer.TryWrite(new ReplyEnd(reason, Statistics()));
        _events.Writer.TryComplete();
    }

    /// <summary>Ends the reply with an error, or because nobody wants it any more.</summary>
    public void Fail(Exception exception) => _events.Writer.TryComplete(exception);

    /// <summary>The reply as it will be found again when it comes back as history; null where nothing was written.</summary>
    public Segment? AsHistory() => _written.Count == 0 ? null
        : new Segment(new ChatTurn(ChatTurn.Assistant, _text.ToString()), [.. Prompt.Header, .. _written, .. _model.Renderer.ReplyEnd]) { Reply = new WrittenReply(_written, _lengths) };

    private static RenderedPrompt Render(ReplyRequest request, LlamaModel model) =>
        model.Renderer.Render(request.Turns, !request.PrefillOnly || request.Turns[^1].Role == ChatTurn.User);

    private void Send(string text)
    {
        if (text.Length > 0)
        {
            _events.Writer.TryWrite(new ReplyText(text));
        }
    }

    private ReplyStatistics Statistics() => new(
        _plan!.Tokens.Count,
        _written.Count,
        _plan.Reused,
        _plan.Tokens.Count - _plan.Reused,
        time.GetElapsedTime(_asked, _started),
        time.GetElapsedTime(_started, _prefilled),
        _first == 0 ? null : time.GetElapsedTime(_asked, _first),
        time.GetElapsedTime(_asked));
}
