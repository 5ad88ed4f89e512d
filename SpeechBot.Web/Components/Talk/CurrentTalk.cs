using Microsoft.AspNetCore.Components.Authorization;
using SpeechBot.Web.Components.Settings;
using SpeechBot.Web.Conversations;
using SpeechBot.Web.SignIn;

namespace SpeechBot.Web.Components.Talk;

/// <summary>The talk that this tab is in: opens one, switches to another, hands on what is set, and ends it with the tab.</summary>
public sealed class CurrentTalk : IAsyncDisposable
{
    private readonly VoiceSessions _sessions;
    private readonly PageSettingsStore _settings;
    private readonly TalkAudio _audio;
    private readonly AuthenticationStateProvider _person;
    private readonly DrawingPace _pace;

    /// <summary>Injected once for each tab.</summary>
    public CurrentTalk(VoiceSessions sessions, PageSettingsStore settings, TalkAudio audio, AuthenticationStateProvider person, TimeProvider time)
    {
        (_sessions, _settings, _audio, _person) = (sessions, settings, audio, person);
        _pace = new DrawingPace(time, () => Changed?.Invoke());
        audio.Changed += ReopenIfClosed;
    }

    /// <summary>The open session; null until the first <see cref="OpenAsync"/>.</summary>
    public VoiceSession? Session { get; private set; }

    /// <summary>Whose talks these are; known once <see cref="RecogniseAsync"/> has completed.</summary>
    public string Owner { get; private set; } = VoiceSessions.LocalOwner;

    /// <summary>Raised, on any thread, after another talk was opened or anything in it changed, at the pace at which it is worth drawing.</summary>
    public event Action? Changed;

    /// <summary>Learns who has the tab open.</summary>
    public async Task RecogniseAsync() => Owner = Person.NameOf((await _person.GetAuthenticationStateAsync()).User);

    /// <summary>Opens a talk of the history, or a new one when <paramref name="conversationId"/> is null or no longer there.</summary>
    public async Task OpenAsync(string? conversationId)
    {
        var next = await _sessions.CreateAsync(Owner, conversationId);
        await next.UpdateAsync(_settings.Value.Session);
        var previous = Session;
        Session = next;
        next.Changed += DrawSoon;
        await _settings.UpdateAsync(value => value with { ConversationId = next.Conversation.Id });
        Changed?.Invoke();
        await CloseAsync(previous);
    }

    /// <summary>Changes the settings: here, in the open talk and in the browser's audio.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message says so in words for the person.</exception>
    public async Task ApplyAsync(Func<PageSettings, PageSettings> change)
    {
        if (Session is not null)
        {
            await Session.UpdateAsync(change(_settings.Value).Session);
        }

        await _settings.UpdateAsync(change);
        await _audio.ConfigureAsync(_settings.Value);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _audio.Changed -= ReopenIfClosed;
        _pace.Dispose();
        var last = Session;
        Session = null;
        return CloseAsync(last);
    }

    /// <summary>A session that was not used for long is closed by the server; a tab that is still there goes on in a new one.</summary>
    private void ReopenIfClosed()
    {
        if (_audio.State.Connected == false && Session is { } session && _sessions.Find(session.Id) is null)
        {
            _ = OpenAsync(session.Conversation.Id);
        }
    }

    private async ValueTask CloseAsync(VoiceSession? session)
    {
        if (session is not null)
        {
            session.Changed -= DrawSoon;
            await session.DisposeAsync();
        }
    }

    private void DrawSoon() => _pace.Change(Session?.AnswersHandsFree == true);
}
