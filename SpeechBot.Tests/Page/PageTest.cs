using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using SpeechBot.Web.Components.Settings;
using SpeechBot.Web.Components.Talk;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

/// <summary>What a component of the page needs around it; the browser's side of it answers with nothing.</summary>
public abstract class PageTest : BunitContext
{
    protected PageTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<PageSettingsStore>();
        Services.AddScoped<TalkAudio>();
    }

    /// <summary>A turn that was answered in 312 ms.</summary>
    internal static Turn Answered() => new("turn_1", DateTimeOffset.UnixEpoch)
    {
        UserText = "What is the capital of France?",
        BotText = "The capital of France is Paris. It lies on the Seine.",
        HeardText = "The capital of France is Paris. It lies on the Seine.",
        State = TurnState.Done,
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Timings = new TurnTimings
        {
            Spoken = 1900,
            LastVoiced = 0,
            Transcript = 118,
            FirstToken = 175,
            FirstClause = 212,
            FirstAudio = 268,
            Released = 281,
            Heard = 312,
            Played = 2100,
        },
    };
}
