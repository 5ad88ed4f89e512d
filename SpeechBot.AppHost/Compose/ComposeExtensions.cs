namespace SpeechBot.AppHost.Compose;

/// <summary>Aspire's own compose publisher, for those who do not use aspirate.</summary>
public static partial class ComposeExtensions
{
    /// <summary>
    /// Lets <c>--operation publish --step publish</c> write a compose file, in a build with <c>-p:ComposePublisher=true</c>; in any
    /// other it does nothing, because aspirate cannot read the manifest of a model that has this publisher.
    /// </summary>
    public static void AddComposePublisher(this IDistributedApplicationBuilder builder) => Add(builder);

    static partial void Add(IDistributedApplicationBuilder builder);
}
