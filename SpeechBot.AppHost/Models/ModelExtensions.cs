namespace SpeechBot.AppHost.Models;

/// <summary>Chooses the models: the one place where that is done.</summary>
public static class ModelExtensions
{
    private const string Section = "Models";
    private const string Profile = "Profile";
    private const string Starter = "starter";

    /// <summary>What an engine is told where it is configured; Path is set for every service.</summary>
    private static readonly string[] Settings = [Profile, "Stt", "Llm", "Tts", "Downloads", "BaseAddress"];

    /// <summary>
    /// Hands the engine the section <c>Models</c> of this program's configuration, so that one word here, such as
    /// <c>--Models:Profile=laptop</c>, chooses the models of all; and shows the profile in the dashboard.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithModels(this IResourceBuilder<ProjectResource> engine)
    {
        var section = engine.ApplicationBuilder.Configuration.GetSection(Section);
        foreach (var setting in Settings)
        {
            if (section[setting] is { Length: > 0 } value)
            {
                engine.WithEnvironment($"{Section}__{setting}", value);
            }
        }

        return engine.ApplicationBuilder.ExecutionContext.IsPublishMode ? engine : engine.WithDashboardProperty("Model profile", section[Profile] ?? Starter);
    }
}
