using Microsoft.Extensions.Logging;

namespace SpeechBot.AppHost.Restart;

internal static partial class RestartLog
{
    [LoggerMessage(LogLevel.Warning, "{Name} has crashed (exit code {ExitCode}) and is started again in {Seconds} s, try {Attempt} of {Tries}.")]
    public static partial void Restarting(ILogger logger, string name, int? exitCode, double seconds, int attempt, int tries);

    [LoggerMessage(LogLevel.Error, "{Name} has crashed (exit code {ExitCode}) and is not started again: {Tries} restarts in a row did not help. Its log says why; 'Start' in the dashboard tries once more.")]
    public static partial void GaveUp(ILogger logger, string name, int? exitCode, int tries);
}
