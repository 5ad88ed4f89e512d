using System.Runtime.InteropServices;
using System.Text;
using LLama.Abstractions;
using LLama.Exceptions;
using LLama.Native;

namespace LLama;

/// <summary>The weights of a model.</summary>
public sealed class LLamaWeights : IDisposable
{
    private const int MemoryMapped = 1;

    private LLamaWeights(SafeLlamaModelHandle handle) => NativeHandle = handle;

    /// <summary>The native model.</summary>
    public SafeLlamaModelHandle NativeHandle { get; }

    /// <summary>Tokens of context that the model was trained with.</summary>
    public int ContextSize => NativeHandle.ContextSize;

    /// <summary>Bytes of its tensors.</summary>
    public ulong SizeInBytes => NativeHandle.SizeInBytes;

    /// <summary>Number of its parameters.</summary>
    public ulong ParameterCount => NativeHandle.ParameterCount;

    /// <summary>The GGUF file's metadata, each value as text.</summary>
    public IReadOnlyDictionary<string, string> Metadata => field ??= NativeHandle.ReadMetadata();

    /// <summary>Its tokens.</summary>
    public SafeLlamaModelHandle.Vocabulary Vocab => NativeHandle.Vocab;

    /// <summary>Loads a GGUF file.</summary>
    /// <exception cref="LoadWeightsFailedException">It is not a model that the engine can load.</exception>
    public static async Task<LLamaWeights> LoadFromFileAsync(IModelParams @params, CancellationToken token = default, IProgress<float>? progressReporter = null)
    {
        var (path, layers) = (@params.ModelPath, @params.GpuLayerCount);
        return await Task.Run(() => Load(path, layers, progressReporter, token), token).ConfigureAwait(false);
    }

    /// <summary>Creates a context for these weights.</summary>
    public LLamaContext CreateContext(IContextParams @params) => new(this, @params);

    /// <summary>Text as tokens.</summary>
    public LLamaToken[] Tokenize(string text, bool add_bos, bool special, Encoding encoding) => NativeHandle.Tokenize(text, add_bos, special, encoding);

    /// <inheritdoc />
    public void Dispose() => NativeHandle.Dispose();

    private static unsafe LLamaWeights Load(string path, int layers, IProgress<float>? progress, CancellationToken token)
    {
        var state = GCHandle.Alloc(new LoadState(progress, token));
        try
        {
            var native = LlamaNative.llama_model_default_params();
            native.GpuLayers = layers;
            native.LoadMode = MemoryMapped;
            native.Progress = &OnProgress;
            native.ProgressState = (void*)GCHandle.ToIntPtr(state);

            var weights = new LLamaWeights(SafeLlamaModelHandle.LoadFromFile(path, native));
            progress?.Report(1);
            return weights;
        }
        catch (LoadWeightsFailedException) when (token.IsCancellationRequested)
        {
            throw new OperationCanceledException(token);
        }
        finally
        {
            state.Free();
        }
    }

    [UnmanagedCallersOnly]
    private static unsafe byte OnProgress(float progress, void* user)
    {
        var state = (LoadState)GCHandle.FromIntPtr((nint)user).Target!;
        state.Progress?.Report(Math.Clamp(progress, 0, 1));
        return state.Token.IsCancellationRequested ? (byte)0 : (byte)1;
    }

    private sealed record LoadState(IProgress<float>? Progress, CancellationToken Token);
}
