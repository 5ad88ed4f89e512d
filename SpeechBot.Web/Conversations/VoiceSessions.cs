using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>The talks that are open in this process. One that nobody uses any more is closed.</summary>
public sealed class VoiceSessions : BackgroundService
{
    /// <summary>The person on a machine that needs no sign-in.</summary>
    public const string LocalOwner = "local";

    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, VoiceSession> _sessions = new();
    private readonly TalkServices _services;
    private readonly RealtimeOptions _limits;

    internal VoiceSessions(TalkServices services, IOptions<RealtimeOptions> limits) => (_services, _limits) = (services, limits.Value);

    /// <summary>How many sessions are open.</summary>
    public int Count => _sessions.Count;

    /// <summary>Opens a session on a talk of the history, or on a new one when <paramref name="conversationId"/> is null or unknown. Dispose it when its page is gone.</summary>
    /// <exception cref="OpenAiException">As many sessions are open as may be (<see cref="RealtimeOptions.MaxSessions"/>).</exception>
    public async Task<VoiceSession> CreateAsync(string owner, string? conversationId = null, CancellationToken cancellationToken = default)
    {
        if (_sessions.Count >= _limits.MaxSessions)
        {
            throw new OpenAiException(
                $"{_limits.MaxSessions} talks are open, which is the limit. Close a page, or raise {RealtimeOptions.Section}:{nameof(RealtimeOptions.MaxSessions)}.",
                StatusCodes.Status429TooManyRequests, code: "too_many_sessions");
        }

        var known = conversationId is null ? null : await _services.History.LoadAsync(owner, conversationId, cancellationToken);
        var conversation = known ?? new Conversation(NewId(12), _services.Time.GetUtcNow());
        var settings = new SessionSettings { SystemPrompt = conversation.SystemPrompt, Voice = conversation.Voice };
        var session = new VoiceSession(NewId(24), owner, conversation, settings, _services, Closed);
        _sessions[session.Id] = session;
        _services.Log.SessionOpened(_sessions.Count);
        return session;
    }

    /// <summary>The session with this id; null when it does not exist (any more).</summary>
    public VoiceSession? Find(string id) => _sessions.GetValueOrDefault(id);

    /// <summary>Ends every talk, so that no request of an answer that nobody will hear holds up the end of the program.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var session in _sessions.Values)
        {
            await session.DisposeAsync();
        }
    }

    /// <summary>The session with this id, if it is this person's.</summary>
    public VoiceSession? Find(string id, string owner) => Find(id) is { } session && session.Owner == owner ? session : null;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, _services.Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var session in _sessions.Values.Where(session => _services.Time.GetElapsedTime(session.LastUsed) > TimeSpan.FromMinutes(_limits.IdleMinutes)))
            {
                await session.DisposeAsync();
            }
        }
    }

    private void Closed(VoiceSession session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            _services.Log.SessionClosed(_sessions.Count);
        }
    }

    private static string NewId(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
