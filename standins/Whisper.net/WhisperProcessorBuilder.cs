using Whisper.net.Internals;

namespace Whisper.net;

/// <summary>Describes a processor step by step. What is not set stays at the native library's default.</summary>
public class WhisperProcessorBuilder
{
    private readonly ProcessorSettings _settings;

    internal WhisperProcessorBuilder(nint context) => _settings = new ProcessorSettings { Context = context };

    /// <summary>How many threads encode and decode.</summary>
    public WhisperProcessorBuilder WithThreads(int threads) => Set(s => s.Threads = threads);

    /// <summary>The spoken language, two letters.</summary>
    public WhisperProcessorBuilder WithLanguage(string language) => Set(s => s.Language = language);

    /// <summary>Lets the model find out the spoken language.</summary>
    public WhisperProcessorBuilder WithLanguageDetection() => Set(s => s.Language = "auto");

    /// <summary>Text in whose style and spelling the transcript continues.</summary>
    public WhisperProcessorBuilder WithPrompt(string prompt) => Set(s => s.Prompt = prompt);

    /// <summary>Does not take earlier text as a prompt for the next window.</summary>
    public WhisperProcessorBuilder WithNoContext() => Set(s => s.NoContext = true);

    /// <summary>Returns the whole window as one segment.</summary>
    public WhisperProcessorBuilder WithSingleSegment() => Set(s => s.SingleSegment = true);

    /// <summary>Cuts the encoder's window to this many positions of 20 ms. Experimental.</summary>
    public WhisperProcessorBuilder WithAudioContextSize(int audioContextSize) => Set(s => s.AudioContextSize = audioContextSize);

    /// <summary>The most tokens that a segment may have.</summary>
    public WhisperProcessorBuilder WithMaxTokensPerSegment(int maxTokensPerSegment) => Set(s => s.MaxTokensPerSegment = maxTokensPerSegment);

    /// <summary>Gives every token its time.</summary>
    public WhisperProcessorBuilder WithTokenTimestamps() => Set(s => s.TokenTimestamps = true);

    /// <summary>Fills in the probabilities of segments.</summary>
    public WhisperProcessorBuilder WithProbabilities() => Set(s => s.Probabilities = true);

    /// <summary>The first sampling temperature.</summary>
    public WhisperProcessorBuilder WithTemperature(float temperature) => Set(s => s.Temperature = temperature);

    /// <summary>By how much the temperature rises when decoding has failed; 0 decodes once.</summary>
    public WhisperProcessorBuilder WithTemperatureInc(float temperature) => Set(s => s.TemperatureIncrement = temperature);

    /// <summary>Decodes greedily.</summary>
    public WhisperProcessorBuilder WithGreedySamplingStrategy(Action<GreedySamplingStrategyBuilder>? configure = null)
    {
        configure?.Invoke(new GreedySamplingStrategyBuilder(_settings));
        return this;
    }

    /// <summary>Makes the processor.</summary>
    public WhisperProcessor Build() => new(_settings);

    private WhisperProcessorBuilder Set(Action<ProcessorSettings> change)
    {
        change(_settings);
        return this;
    }
}
