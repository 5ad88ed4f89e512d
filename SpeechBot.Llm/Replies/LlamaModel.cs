using LLama;
using LLama.Common;
using LLama.Exceptions;
using LLama.Native;
using SpeechBot.Llm.Batching;
using SpeechBot.Llm.Prompts;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Llm.Replies;

/// <summary>The loaded weights, their template, and the engine that computes with them.</summary>
internal sealed class LlamaModel : IDisposable
{
    private readonly LLamaWeights _weights;
    private readonly ModelParams _parameters;

    private LlamaModel(LLamaWeights weights, ModelParams parameters, ChatRenderer renderer, string id, DateTimeOffset created)
    {
        (_weights, _parameters, Renderer, Id, Created) = (weights, parameters, renderer, id, created);
        Engine = new BatchEngine(weights, parameters);
    }

    /// <summary>The name that requests use.</summary>
    public string Id { get; }

    /// <summary>When the file was written.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>The <c>general.file_type</c> of what was loaded; null where the file does not say.</summary>
    public string? Format => _weights.Metadata.GetValueOrDefault("general.file_type");

    /// <summary>Messages to tokens.</summary>
    public ChatRenderer Renderer { get; }

    /// <summary>Computes; only the scheduler's loop may touch it.</summary>
    public BatchEngine Engine { get; private set; }

    /// <summary>The model's tokens.</summary>
    public SafeLlamaModelHandle.Vocabulary Vocab => _weights.Vocab;

    /// <summary>Loads a GGUF file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="copy">What to load in its place, or null.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="id">The name that requests use; null for the file's.</param>
    /// <param name="template">A chat template in place of the file's own, or null.</param>
    /// <param name="gpu">Whether a GPU may be used.</param>
    /// <param name="log">Remembers what the engine complains of.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ModelLoadException">The file is no model, or its chat template is unknown.</exception>
    public static async Task<LlamaModel> LoadAsync(
        string path, string? copy, ReplyOptions options, string? id, string? template, bool gpu, EngineLog log, IProgress<float> progress, CancellationToken cancellationToken)
    {
        var parameters = new ModelParams(copy ?? path)
        {
            ContextSize = (uint)options.ContextTokens,
            SeqMax = (uint)options.MaxConversations,
            // As large as the scheduler's largest step: the engine sets memory aside for the logits of every token of a batch.
            BatchSize = (uint)options.LargestStep,
            UBatchSize = (uint)options.LargestStep,
            GpuLayerCount = gpu ? options.GpuLayers : 0,
            Threads = options.EffectiveDecodeThreads,
            BatchThreads = options.EffectivePrefillThreads,
            // One buffer for all conversations: a long one may take what short ones leave, and forks share what they have in common.
            KVUnified = true,
        };

        LLamaWeights? weights = null;
        try
        {
            log.Begin();
            weights = await LLamaWeights.LoadFromFileAsync(parameters, cancellationToken, progress);
            var renderer = new ChatRenderer(weights, string.IsNullOrWhiteSpace(template) ? null : template, path);
            return new LlamaModel(weights, parameters, renderer, string.IsNullOrWhiteSpace(id) ? Path.GetFileNameWithoutExtension(path) : id, File.GetLastWriteTimeUtc(path));
        }
        catch (LoadWeightsFailedException exception)
        {
            throw new ModelLoadException(
                $"llama.cpp cannot load '{path}'{log.LastProblem}. Check that it is a complete GGUF file (models/README.md and docs/models.md list sizes and checksums) of an architecture that llama.cpp knows.", path, exception);
        }
        catch (RuntimeError exception)
        {
            weights?.Dispose();
            throw new ModelLoadException(
                $"There is not enough memory for {options.ContextTokens} tokens of context with '{path}'{log.LastProblem}. Set Llm:ContextTokens to less.", path, exception);
        }
        catch
        {
            weights?.Dispose();
            throw;
        }
    }

    /// <summary>Begins anew after the engine failed: nothing that was queued or cached remains.</summary>
    public void Restart()
    {
        Engine.Dispose();
        Engine = new BatchEngine(_weights, _parameters);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Engine.Dispose();
        _weights.Dispose();
    }
}
