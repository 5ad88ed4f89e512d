using Whisper.net.Internals;

namespace Whisper.net;

/// <summary>Settings of greedy decoding.</summary>
public class GreedySamplingStrategyBuilder
{
    private readonly ProcessorSettings _settings;

    internal GreedySamplingStrategyBuilder(ProcessorSettings settings) => _settings = settings;

    /// <summary>How many candidates are decoded at temperatures above zero.</summary>
    public GreedySamplingStrategyBuilder WithBestOf(int bestOf)
    {
        _settings.BestOf = bestOf;
        return this;
    }
}
