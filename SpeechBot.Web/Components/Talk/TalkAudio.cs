using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SpeechBot.Web.Components.Settings;

namespace SpeechBot.Web.Components.Talk;

/// <summary>
/// The page's ears and mouth, which live in the browser (wwwroot/audio). Only orders and states pass through here; sound goes
/// over the realtime connection.
/// </summary>
public sealed class TalkAudio(IJSRuntime js) : IAsyncDisposable
{
    private DotNetObjectReference<TalkAudio>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _talk;

    /// <summary>What the audio is doing now.</summary>
    public AudioState State { get; private set; } = new();

    /// <summary>Raised after <see cref="State"/> changed.</summary>
    public event Action? Changed;

    /// <summary>Binds the audio to the round button.</summary>
    public async Task StartAsync(ElementReference button, PageSettings settings)
    {
        _self ??= DotNetObjectReference.Create(this);
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./audio/talk.js");
        _talk ??= await _module.InvokeAsync<IJSObjectReference>("start", _self);
        await _talk.InvokeVoidAsync("bind", button);
        await ConfigureAsync(settings);
    }

    /// <summary>Connects to a session, leaving the one before it.</summary>
    public async Task ConnectAsync(string sessionId) => await CallAsync("connect", sessionId);

    /// <summary>Hands over what the person has set.</summary>
    public async Task ConfigureAsync(PageSettings settings) => await CallAsync("configure", new
    {
        mode = settings.Session.TurnMode.ToString(),
        settings.Microphone,
        settings.Loudspeaker,
        settings.Volume,
    });

    /// <summary>Plays a clip of this visit, or stops it when it is the one that plays. False when the page does not have it (any more).</summary>
    public async Task<bool> ReplayAsync(string clipId) => _talk is not null && await _talk.InvokeAsync<bool>("replay", clipId);

    /// <summary>Saves a clip of this visit as a WAV file. False when the page does not have it (any more).</summary>
    public async Task<bool> DownloadAsync(string clipId, string fileName) =>
        _talk is not null && await _talk.InvokeAsync<bool>("download", clipId, fileName);

    /// <summary>Stops what is being heard, at once.</summary>
    public async Task StopAsync() => await CallAsync("stop");

    /// <summary>The microphones and loudspeakers to choose from.</summary>
    public async Task<AudioDevices> DevicesAsync() =>
        _module is null ? new([], []) : await _module.InvokeAsync<AudioDevices>("devices");

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public void OnAudioChanged(AudioState state)
    {
        State = state;
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await CallAsync("close");
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone, and its audio with it.
        }

        _self?.Dispose();
    }

    private async Task CallAsync(string method, params object?[] arguments)
    {
        if (_talk is not null)
        {
            await _talk.InvokeVoidAsync(method, arguments);
        }
    }
}
