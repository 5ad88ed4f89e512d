using LLama.Native;

namespace SpeechBot.Llm.Replies;

/// <summary>Takes what llama.cpp prints into our log, and remembers the last problem: its functions only answer "failed".</summary>
internal sealed class EngineLog(ILogger<EngineLog> logger)
{
    private readonly Lock _gate = new();
    private string _line = "";
    private string? _problem;

    /// <summary>The last problem, in brackets, or nothing.</summary>
    public string LastProblem
    {
        get
        {
            lock (_gate)
            {
                return _problem is null ? "" : $" ({_problem})";
            }
        }
    }

    /// <summary>Listens from now on, to the newest model of this process only.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _problem = null;
        }

        NativeLogConfig.llama_log_set(Write);
    }

    private void Write(LLamaLogLevel level, string text)
    {
        lock (_gate)
        {
            _line += text;
            if (!_line.EndsWith('\n'))
            {
                return;
            }

            var line = _line.Trim();
            _line = "";
            if (level == LLamaLogLevel.Error)
            {
                // The first error names the cause, the following ones only pass it on.
                _problem ??= line;
            }

            logger.Engine(level >= LLamaLogLevel.Warning && level != LLamaLogLevel.Continue ? LogLevel.Information : LogLevel.Debug, line);
        }
    }
}
