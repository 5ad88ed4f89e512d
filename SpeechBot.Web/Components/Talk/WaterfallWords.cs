namespace SpeechBot.Web.Components.Talk;

/// <summary>The waterfall's segments in words. The hue of each has the same name in app.css.</summary>
public static class WaterfallWords
{
    /// <summary>One word, for a legend.</summary>
    public static string Short(string segment) => segment switch
    {
        "wait" => "waiting",
        "sound" => "on its way",
        _ => segment,
    };

    /// <summary>What happened in that time.</summary>
    public static string Long(string segment) => segment switch
    {
        "ears" => "what was said became text",
        "brain" => "the first words of the answer",
        "voice" => "their first sound",
        "wait" => "made sure that you had finished",
        "sound" => "to your loudspeaker",
        _ => "",
    };
}
